import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { budgetEntries, budgets, pairs, quickLooks, renders } from "@/db/schema";
import { sha256 } from "@/server/core/secret";
import { failRender } from "@/server/generation/fail-render";
import { finishRender } from "@/server/generation/finish-render";
import { judgeLook } from "@/server/generation/judge-look";
import { type LeasedRender, leaseRenders } from "@/server/generation/lease-renders";
import { listGenerators } from "@/server/generation/list-generators";
import { makeRevision } from "@/server/generation/make-revision";
import { openGrids } from "@/server/generation/open-grids";
import { GeneratorParameters, StartCapability } from "@/server/generation/schemas";
import { startCapability } from "@/server/generation/start-capability";
import { startPrecheck } from "@/server/generation/start-precheck";
import { blobPath } from "@/server/storage/blobs";
import { makeBridgeRow } from "./make/bridge";
import { makeProjectWithPairs } from "./make/project-with-pairs";
import { makePng } from "./make-png";

const SIZE = 64;

export type LookProject = Awaited<ReturnType<typeof makeLookProject>>;

/** Accepted pairs at their first stage, a generator of their own endpoint, and a bridge that obeys the test. */
export async function makeLookProject(db: Db, count: number) {
  const made = await makeProjectWithPairs(db, count);
  const { ctx, projectId } = made;
  const looks = () =>
    db.select().from(quickLooks).where(eq(quickLooks.projectId, projectId)).orderBy(quickLooks.id);
  await db.update(pairs).set({ stage: "prompts" }).where(eq(pairs.projectId, projectId));
  const ownPairs = () =>
    db.select().from(pairs).where(eq(pairs.projectId, projectId)).orderBy(pairs.id);
  const revise = () => makeOwnRevision(db, made);
  const revision = await revise();
  const bridge = await makeBridgeRow(db);
  const lease = (limit: number) => leaseRenders(bridge, { endpoint: revision.endpoint, limit });
  const precheck = (pairIds?: string[]) => startPrecheck(ctx, { pairIds });
  /** Finishes queued renders, and does what follows from each. */
  const draw = async (limit = 16) => {
    for (const render of await lease(limit)) {
      await finishRender(bridge, await answerTo(render));
      const signal = new AbortController().signal;
      await openGrids({ renderId: render.renderId }, { db, signal });
    }
  };
  return {
    ...made,
    generatorRevisionId: revision.id,
    revise,
    lease,
    draw,
    /** Pre-checks every pair and has them drawn: the first two looks. */
    drawnLooks: async () => {
      await precheck(made.pairIds);
      await draw();
      const [first, second] = await looks();
      return { first: first!, second: second! };
    },
    /** Ends queued renders for good. */
    fail: async (limit = 16) => {
      const end = { kind: "permanent", reason: "cannot draw 'X'" } as const;
      for (const { renderId, leaseToken } of await lease(limit)) {
        await failRender(bridge, { renderId, leaseToken, ...end });
      }
    },
    looks,
    precheck,
    capability: (asked: Partial<StartCapability>) =>
      startCapability(ctx, StartCapability.parse(asked)),
    judge: (lookId: string, verdict: "fine" | "wrong", judge = ctx) =>
      judgeLook(judge, { kind: "precheck", lookId, verdict }),
    pairs: ownPairs,
    stages: async () => (await ownPairs()).map(({ stage }) => stage),
    renders: () =>
      db.select().from(renders).where(eq(renders.projectId, projectId)).orderBy(renders.id),
    limitRenders: (limit: number | null) =>
      db.update(budgets).set({ limit }).where(eq(budgets.projectId, projectId)),
    /** What the budget says, and what its entries add up to. */
    spent: async () => {
      const rows = await db.select().from(budgets).where(eq(budgets.projectId, projectId));
      const { reserved, settled } = rows.find(({ kind }) => kind === "renders")!;
      const entries = await db
        .select()
        .from(budgetEntries)
        .where(eq(budgetEntries.projectId, projectId));
      const open = entries.filter((entry) => entry.settled === null);
      const recount = {
        reserved: open.reduce((sum, entry) => sum + entry.reserved, 0),
        settled: entries.reduce((sum, entry) => sum + (entry.settled ?? 0), 0),
      };
      return { reserved, settled, recount };
    },
    projectId,
    ctx,
  };
}

async function makeOwnRevision(
  db: Db,
  { ctx, projectId }: Awaited<ReturnType<typeof makeProjectWithPairs>>,
) {
  const [generator] = await listGenerators(db, projectId);
  const { generatorId, method, parameters } = generator!;
  const endpoint = `fake-${randomUUID()}`;
  const { id } = await makeRevision(ctx, {
    generatorId,
    method,
    parameters: { ...GeneratorParameters.parse(parameters), width: SIZE, height: SIZE },
    endpointName: endpoint,
    otherWeights: false,
  });
  return { id, endpoint };
}

async function answerTo({ renderId, leaseToken, input }: LeasedRender) {
  const png = makePng({ width: SIZE, height: SIZE, paint: (row) => row.fill(200) });
  const name = sha256(png);
  await mkdir(dirname(blobPath(name)), { recursive: true });
  await writeFile(blobPath(name), png);
  return {
    renderId,
    leaseToken,
    images: input.seeds.map((seed, position) => ({ position, seed, sha256: name })),
    evals: 1,
    backwards: 0,
    weightsHash: "weights",
    timings: {},
    trace: null,
  };
}
