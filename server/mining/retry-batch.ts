import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { batches } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { enqueue } from "@/server/jobs/queue";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { expandPattern } from "./exchanges/expand-pattern";
import { openProposer } from "./open-proposer";

/** Asks again for a batch that waits for a person, with the proposer that is set up now. */
export async function retryBatch(
  ctx: MemberContext,
  { batchId }: { batchId: string },
): Promise<void> {
  const llm = await openProposer(ctx.db);
  const proposer = `${llm.model} ${expandPattern.version}`;
  await ctx.db.transaction(async (tx) => {
    await leaveWaiting(tx, ctx, batchId, {
      action: "batch.retry",
      change: { state: "queued", reason: null, proposer },
      payload: { proposer },
    });
    await enqueue(tx, "mining.propose", { batchId });
  });
}

/** Gives up on a batch that waits: nothing of it was stored. */
export async function cancelBatch(
  ctx: MemberContext,
  { batchId }: { batchId: string },
): Promise<void> {
  await ctx.db.transaction((tx) =>
    leaveWaiting(tx, ctx, batchId, {
      action: "batch.cancel",
      change: { state: "cancelled", finishedAt: new Date() },
    }),
  );
}

type Leave = {
  action: string;
  change: Partial<typeof batches.$inferInsert>;
  payload?: Record<string, unknown>;
};

async function leaveWaiting(
  tx: Tx,
  { viewer, member: { projectId } }: MemberContext,
  batchId: string,
  { action, change, payload = {} }: Leave,
): Promise<void> {
  const left = await tx
    .update(batches)
    .set(change)
    .where(
      and(eq(batches.id, batchId), eq(batches.projectId, projectId), eq(batches.state, "waiting")),
    )
    .returning({ id: batches.id });
  if (left.length === 0)
    throw new AppError("NOT_FOUND", "No batch of this project waits under this id");
  const actorId = viewer.accountId;
  await recordDecision(tx, { projectId, actorId, action, subjectId: batchId, payload });
  await notifyLive(tx, { projectId, topic: "batch", id: batchId });
}
