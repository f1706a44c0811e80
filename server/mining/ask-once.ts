import { and, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inquiries } from "@/db/schema";
import { asksTheSame, type NewInquiry, requestInquiry } from "./request-inquiry";

/**
 * Asks unless the very same question is already under way: a second press, or a colleague's, gets that
 * one. The caller holds a row that both presses lock.
 */
export async function askOnce(tx: Tx, asked: NewInquiry): Promise<{ inquiryId: string }> {
  const [open] = await tx
    .select({ id: inquiries.id })
    .from(inquiries)
    .where(
      and(
        asksTheSame(asked),
        isNull(inquiries.rerunsId),
        inArray(inquiries.state, ["queued", "running"]),
      ),
    )
    .limit(1);
  return open ? { inquiryId: open.id } : requestInquiry(tx, asked);
}
