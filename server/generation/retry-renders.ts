import { and, asc, eq, exists, inArray, ne, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { renders, runRenders, runs } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { reserveRenders } from "./pay-for-renders";
import { requeueRenders } from "./requeue-renders";
import { settleRuns } from "./settle-runs";

/** Sends one failed render, or one that waits for its next try, to the endpoints again at once. */
export async function retryRender(
  ctx: MemberContext,
  { renderId }: { renderId: string },
): Promise<{ retried: number }> {
  const retried = await retry(ctx, eq(renders.id, renderId), { renderId });
  if (retried === 0) throw new AppError("CONFLICT", "This render has nothing to retry.");
  return { retried };
}

/** The same for all failed renders of a run. */
export async function retryFailed(
  ctx: MemberContext,
  { number }: { number: number },
): Promise<{ retried: number }> {
  const inRun = exists(
    ctx.db
      .select({ one: sql`1` })
      .from(runRenders)
      .innerJoin(runs, eq(runs.id, runRenders.runId))
      .where(
        and(
          eq(runRenders.renderId, renders.id),
          eq(runs.projectId, ctx.member.projectId),
          eq(runs.number, number),
        ),
      ),
  );
  return { retried: await retry(ctx, and(inRun, eq(renders.state, "failed")), { number }) };
}

async function retry(
  { db, viewer, member }: MemberContext,
  which: ReturnType<typeof and>,
  asked: Record<string, unknown>,
): Promise<number> {
  return db.transaction(async (tx) => {
    const wanted = await lockRetryable(tx, member.projectId, which);
    const ids = wanted.map((render) => render.id);
    if (ids.length === 0) return 0;
    await reserveRenders(tx, member.projectId, await requeueRenders(tx, ids));
    await hurryQueued(tx, ids);
    const claims = await tx
      .selectDistinct({ runId: runRenders.runId })
      .from(runRenders)
      .where(inArray(runRenders.renderId, ids));
    const runIds = claims.map((claim) => claim.runId);
    await settleRuns(tx, runIds);
    await recordDecision(tx, {
      projectId: member.projectId,
      actorId: viewer.accountId,
      action: "render.retry",
      payload: { ...asked, renderIds: ids },
    });
    for (const id of runIds)
      await notifyLive(tx, { projectId: member.projectId, topic: "run", id });
    return ids.length;
  });
}

const lockRetryable = (tx: Tx, projectId: string, which: ReturnType<typeof and>) =>
  tx
    .select({ id: renders.id })
    .from(renders)
    .where(
      and(
        eq(renders.projectId, projectId),
        which,
        or(
          eq(renders.state, "failed"),
          and(eq(renders.state, "queued"), sql`${renders.notBefore} > now()`),
        ),
        exists(
          tx
            .select({ one: sql`1` })
            .from(runRenders)
            .innerJoin(runs, eq(runs.id, runRenders.runId))
            .where(and(eq(runRenders.renderId, renders.id), ne(runs.state, "cancelled"))),
        ),
      ),
    )
    .orderBy(asc(renders.id))
    .for("update");

const hurryQueued = (tx: Tx, ids: readonly string[]) =>
  tx
    .update(renders)
    .set({ notBefore: sql`now()` })
    .where(and(inArray(renders.id, [...ids]), eq(renders.state, "queued")));
