import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { WorkState } from "@/db/enums";
import { batches } from "@/db/schema";
import { endTokenStop } from "@/server/budget/end-token-stop";
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
    await leave(tx, ctx, batchId, {
      from: ["waiting"],
      action: "batch.retry",
      change: { state: "queued", reason: null, proposer },
      payload: { proposer },
    });
    await enqueue(tx, "mining.propose", { batchId });
  });
}

/** Gives up on a batch that is not done: nothing of it was stored, and an answer that is on its way is dropped. */
export async function cancelBatch(
  ctx: MemberContext,
  { batchId }: { batchId: string },
): Promise<void> {
  await ctx.db.transaction((tx) =>
    leave(tx, ctx, batchId, {
      from: ["queued", "running", "waiting"],
      action: "batch.cancel",
      change: { state: "cancelled", finishedAt: new Date() },
    }),
  );
}

type Leave = {
  from: WorkState[];
  action: string;
  change: Partial<typeof batches.$inferInsert>;
  payload?: Record<string, unknown>;
};

async function leave(
  tx: Tx,
  { viewer, member: { projectId } }: MemberContext,
  batchId: string,
  { from, action, change, payload = {} }: Leave,
): Promise<void> {
  const left = await tx
    .update(batches)
    .set({ ...change, heldBy: null })
    .where(
      and(eq(batches.id, batchId), eq(batches.projectId, projectId), inArray(batches.state, from)),
    )
    .returning({ id: batches.id });
  if (left.length === 0)
    throw new AppError(
      "NOT_FOUND",
      "This batch is done or given up already, or not of this project",
    );
  const actorId = viewer.accountId;
  await recordDecision(tx, { projectId, actorId, action, subjectId: batchId, payload });
  await endTokenStop(tx, projectId);
  await notifyLive(tx, { projectId, topic: "batch", id: batchId });
}
