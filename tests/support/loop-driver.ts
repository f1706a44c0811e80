import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { and, eq, sql } from "drizzle-orm";
import sharp from "sharp";
import type { Db } from "@/db/client";
import type { FailureKind } from "@/db/enums";
import { quickLooks } from "@/db/schema";
import { sha256 } from "@/server/core/secret";
import { failRender } from "@/server/generation/fail-render";
import { finishRender } from "@/server/generation/finish-render";
import { giveBackRender } from "@/server/generation/give-back-render";
import { judgeLook } from "@/server/generation/judge-look";
import { leaseRenders } from "@/server/generation/lease-renders";
import type { FinishRender } from "@/server/generation/schemas";
import type { JobKind } from "@/server/jobs/contracts";
import { handlers } from "@/server/jobs/handlers";
import { claimNextSeat } from "@/server/rating/claim-next-seat";
import { getSitting } from "@/server/rating/get-sitting";
import { blobPath } from "@/server/storage/blobs";
import type { MemberContext } from "@/server/trpc/context";
import { makeBridgeRow } from "./make/bridge";
import { miningJob } from "./mining-job";
import { judgeAll, submit } from "./rate";

/** Runs the product's own jobs, bridge verbs and rating verbs in this process, one at a time and as fast as they go. */
export type LoopDriver = Awaited<ReturnType<typeof openLoopDriver>>;

// Needs the image files that a fake bridge does not make, or the clock.
const LEFT_ALONE: readonly JobKind[] = ["generation.makeRenditions"];

export type Job = { id: string; name: JobKind; data: unknown };

export async function openLoopDriver(db: Db) {
  const bridge = await makeBridgeRow(db);
  const picture = await storePicture();
  const job = miningJob(db);

  const queued = async (): Promise<Job[]> =>
    (
      await db.execute<Job & Record<string, unknown>>(
        sql`select id, name, data from pgboss.job where state = 'created' order by created_on, id`,
      )
    ).filter(({ name }) => !LEFT_ALONE.includes(name));
  const drop = (id: string) => db.execute(sql`delete from pgboss.job where id = ${id}`);

  /** Takes one queued job, the oldest unless told otherwise; false when none is left. */
  const runOne = async (pick = (jobs: readonly Job[]) => jobs[0]): Promise<boolean> => {
    const next = pick(await queued());
    if (!next) return false;
    await handlers[next.name](next.data, job);
    await drop(next.id);
    return true;
  };
  const settle = async () => {
    while (await runOne()) {
      // Each job may have asked for the next one.
    }
  };

  /** Draws every queued render of the endpoint: the same picture for each seed. */
  const draw = async (
    endpoint = "sketch",
    told: Partial<
      Pick<FinishRender, "evals" | "timings" | "trace" | "model" | "method" | "training">
    > = {},
  ): Promise<number> => {
    let drawn = 0;
    for (;;) {
      const leased = await leaseRenders({ db, bridge: bridge.bridge }, { endpoint, limit: 16 });
      if (leased.length === 0) return drawn;
      for (const { renderId, leaseToken, input } of leased) {
        await finishRender(
          { db, bridge: bridge.bridge },
          {
            renderId,
            leaseToken,
            images: input.seeds.map((seed, position) => ({ position, seed, sha256: picture })),
            evals: 0,
            backwards: 0,
            weightsHash: "drawn-by-nobody",
            timings: {},
            trace: {},
            ...told,
          },
        );
        drawn += 1;
      }
    }
  };

  /** One leased render ends without images, or its bridge gives it back; false when none is queued. */
  const failOne = async (kind: FailureKind, isGivenBack: boolean): Promise<boolean> => {
    const ctx = { db, bridge: bridge.bridge };
    const [leased] = await leaseRenders(ctx, { endpoint: "sketch", limit: 1 });
    if (!leased) return false;
    const { renderId, leaseToken } = leased;
    if (isGivenBack) await giveBackRender(ctx, { renderId, leaseToken });
    else await failRender(ctx, { renderId, leaseToken, kind, reason: "It went out of memory" });
    return true;
  };

  /** Judges every quick look that waits: worth a grid, unless told that it is plainly fine. */
  const lookAtAll = async (ctx: MemberContext, verdict: "fine" | "wrong" = "wrong") => {
    const ready = await db
      .select({ id: quickLooks.id, kind: quickLooks.kind })
      .from(quickLooks)
      .where(and(eq(quickLooks.projectId, ctx.member.projectId), eq(quickLooks.state, "ready")));
    for (const { id: lookId, kind } of ready)
      await judgeLook(
        ctx,
        kind === "precheck" ? { kind, lookId, verdict } : { kind, lookId, wrong: [] },
      );
    return ready.length;
  };

  /** Rates the next open grid with so many correct images; false when none is open. */
  const rateOne = async (rater: MemberContext, correct: number): Promise<boolean> => {
    const claimed = await claimNextSeat(rater);
    if (!claimed || "refused" in claimed) return false;
    const { cells, lastSeq } = await getSitting(rater, claimed.sittingId);
    const imageIds = cells.map(({ imageId }) => imageId);
    await judgeAll(rater, claimed.sittingId, { imageIds, correct, from: lastSeq + 1 });
    await submit(rater, claimed.sittingId);
    return true;
  };

  return { queued, runOne, settle, draw, failOne, lookAtAll, rateOne };
}

async function storePicture(): Promise<string> {
  const png = await sharp({
    create: { width: 512, height: 512, channels: 3, background: "#8899aa" },
  })
    .png()
    .toBuffer();
  const name = sha256(png);
  await mkdir(dirname(blobPath(name)), { recursive: true });
  await writeFile(blobPath(name), png);
  return name;
}
