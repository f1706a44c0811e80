import { and, eq } from "drizzle-orm";
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
  { db, viewer, member }: MemberContext,
  { batchId }: { batchId: string },
): Promise<void> {
  const llm = await openProposer(db);
  await db.transaction(async (tx) => {
    const queued = await tx
      .update(batches)
      .set({ state: "queued", reason: null, proposer: `${llm.model} ${expandPattern.version}` })
      .where(
        and(
          eq(batches.id, batchId),
          eq(batches.projectId, member.projectId),
          eq(batches.state, "waiting"),
        ),
      )
      .returning({ id: batches.id });
    if (queued.length === 0)
      throw new AppError("NOT_FOUND", "No batch of this project waits under this id");
    await recordDecision(tx, {
      projectId: member.projectId,
      actorId: viewer.accountId,
      action: "batch.retry",
      subjectId: batchId,
      payload: {},
    });
    await enqueue(tx, "mining.propose", { batchId });
    await notifyLive(tx, { projectId: member.projectId, topic: "batch", id: batchId });
  });
}

/** Gives up on a batch that waits: nothing of it was stored. */
export async function cancelBatch(
  { db, viewer, member }: MemberContext,
  { batchId }: { batchId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const cancelled = await tx
      .update(batches)
      .set({ state: "cancelled", finishedAt: new Date() })
      .where(
        and(
          eq(batches.id, batchId),
          eq(batches.projectId, member.projectId),
          eq(batches.state, "waiting"),
        ),
      )
      .returning({ id: batches.id });
    if (cancelled.length === 0)
      throw new AppError("NOT_FOUND", "No batch of this project waits under this id");
    await recordDecision(tx, {
      projectId: member.projectId,
      actorId: viewer.accountId,
      action: "batch.cancel",
      subjectId: batchId,
      payload: {},
    });
    await notifyLive(tx, { projectId: member.projectId, topic: "batch", id: batchId });
  });
}
