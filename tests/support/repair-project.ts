import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { grids } from "@/db/schema";
import { startRepair } from "@/server/comparison/start-repair";
import { listGenerators } from "@/server/generation/list-generators";
import { makeRevision } from "@/server/generation/make-revision";
import { GeneratorParameters } from "@/server/generation/schemas";
import { startRun } from "@/server/generation/start-run";
import type { MemberContext } from "@/server/trpc/context";
import type { LoopDriver } from "./loop-driver";
import { makeMember } from "./make/member";
import { makeProjectWithPairs } from "./make/project-with-pairs";
import { rateNext } from "./rate-next";

export type RepairProject = Awaited<ReturnType<typeof makeRepairProject>>;

/** Pairs that an expert put at Level 5 with the project's generator, and a method of an endpoint of its own. */
export async function makeRepairProject(
  db: Db,
  driver: LoopDriver,
  count: number,
  byMethod = "moce",
  params: Record<string, unknown> = {},
  isReworded = false,
) {
  const made = await makeProjectWithPairs(db, count);
  const { ctx, projectId } = made;
  const [baseline] = await listGenerators(db, projectId);
  const rater = await makeMember(db, { projectId, role: "expert", name: "Rita" });
  await startRun(ctx, { generatorRevisionId: baseline!.id });
  await driver.draw();
  await driver.settle();
  for (let pair = 0; pair < count; pair += 1) await driver.rateOne(rater, 0);
  const method = await makeMethod(ctx, baseline!, byMethod, {
    method_params: params,
    ...(isReworded ? { reworded: true as const } : {}),
  });
  return {
    ...made,
    rater,
    baselineId: baseline!.id,
    methodId: method.id,
    methodEndpoint: method.endpoint,
    start: (pairIds = made.pairIds, ratersPerGrid?: number) =>
      startRepair(ctx, {
        baselineRevisionId: baseline!.id,
        methodRevisionIds: [method.id],
        pairIds,
        ratersPerGrid,
      }),
    repairGrids: () =>
      db
        .select()
        .from(grids)
        .where(and(eq(grids.projectId, projectId), eq(grids.purpose, "repair"))),
    /** Rates the next grid as `correctOf` says of its pair and generator. */
    rateNext: (correctOf: (grid: typeof grids.$inferSelect) => number, by: MemberContext = rater) =>
      rateNext(db, by, correctOf),
  };
}

async function makeMethod(
  ctx: MemberContext,
  { generatorId, parameters }: Awaited<ReturnType<typeof listGenerators>>[number],
  method: string,
  own: Pick<GeneratorParameters, "method_params" | "reworded">,
) {
  const endpoint = `method-${ctx.member.slug}`;
  const { id } = await makeRevision(ctx, {
    generatorId,
    method,
    parameters: { ...GeneratorParameters.parse(parameters), steps: 40, ...own },
    endpointName: endpoint,
    otherWeights: false,
  });
  return { id, endpoint };
}
