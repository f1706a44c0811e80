import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { BudgetKind } from "@/db/enums";
import { batches, inquiries, pairs } from "@/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { notifyLive } from "@/server/live/live";

/** A budget was raised: what it held is asked anew. Whatever it still does not cover is held again. */
export async function resumeHeld(tx: Tx, projectId: string, kind: BudgetKind): Promise<void> {
  const freed = { state: "queued", reason: null, heldBy: null } as const;
  const isHeld = (table: typeof batches | typeof inquiries) =>
    and(eq(table.projectId, projectId), eq(table.state, "waiting"), eq(table.heldBy, kind));
  const asked = await tx
    .update(batches)
    .set(freed)
    .where(isHeld(batches))
    .returning({ id: batches.id });
  for (const { id } of asked) {
    await enqueue(tx, "mining.propose", { batchId: id });
    await notifyLive(tx, { projectId, topic: "batch", id });
  }
  const questions = await tx
    .update(inquiries)
    .set(freed)
    .where(isHeld(inquiries))
    .returning({ id: inquiries.id });
  for (const { id } of questions) {
    await enqueue(tx, "mining.inquire", { inquiryId: id });
    await notifyLive(tx, { projectId, topic: "inquiry", id });
  }
  const unwritten = await tx
    .update(pairs)
    .set({ promptsState: "queued", promptsReason: null, promptsHeldBy: null })
    .where(
      and(
        eq(pairs.projectId, projectId),
        eq(pairs.state, "accepted"),
        eq(pairs.promptsState, "waiting"),
        eq(pairs.promptsHeldBy, kind),
      ),
    )
    .returning({ id: pairs.id });
  for (const { id } of unwritten) {
    await enqueue(tx, "mining.writePrompts", { pairId: id });
    await notifyLive(tx, { projectId, topic: "pair", id });
  }
}
