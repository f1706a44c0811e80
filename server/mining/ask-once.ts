import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inquiries } from "@/db/schema";
import { type NewInquiry, requestInquiry } from "./request-inquiry";

/**
 * Asks unless the very same question is already under way: a second press, or a colleague's, gets that
 * one. The caller holds a row that both presses lock.
 */
export async function askOnce(tx: Tx, asked: NewInquiry): Promise<{ inquiryId: string }> {
  const { projectId, purpose, patternId, otherPatternId } = asked;
  const [open] = await tx
    .select({ id: inquiries.id })
    .from(inquiries)
    .where(
      and(
        eq(inquiries.projectId, projectId),
        eq(inquiries.purpose, purpose),
        patternId ? eq(inquiries.patternId, patternId) : isNull(inquiries.patternId),
        otherPatternId
          ? eq(inquiries.otherPatternId, otherPatternId)
          : isNull(inquiries.otherPatternId),
        isNull(inquiries.rerunsId),
        inArray(inquiries.state, ["queued", "running"]),
      ),
    )
    .limit(1);
  return open ? { inquiryId: open.id } : requestInquiry(tx, asked);
}
