import type { Tx } from "@/db/client";
import { inquiries } from "@/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";

type Inserted = typeof inquiries.$inferInsert;
export type QueuedInquiry = Pick<
  Inserted,
  "projectId" | "purpose" | "patternId" | "otherPatternId" | "pairId" | "rerunsId"
> & {
  /** null: the loop asks by itself. */
  actorId: string | null;
  parameters: object;
};

/** Queues a question, with the decision to ask it. */
export async function insertInquiry(
  tx: Tx,
  { actorId, ...asked }: QueuedInquiry,
): Promise<{ inquiryId: string }> {
  const { projectId, ...payload } = asked;
  const [inquiry] = await tx
    .insert(inquiries)
    .values({ ...asked, requestedBy: actorId })
    .returning({ id: inquiries.id });
  if (!inquiry) throw new Error("The inquiry was not stored");
  await recordDecision(tx, {
    projectId,
    actorId,
    action: "inquiry.request",
    subjectId: inquiry.id,
    payload,
  });
  await enqueue(tx, "mining.inquire", { inquiryId: inquiry.id });
  await notifyLive(tx, { projectId, topic: "inquiry", id: inquiry.id });
  return { inquiryId: inquiry.id };
}
