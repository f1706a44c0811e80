import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { exchanges } from "@/db/schema";

export type ExchangeSubject = {
  batchId: string | null;
  pairId: string | null;
  inquiryId: string | null;
};

/** The exchanges of one conversation. An inquiry about a pair is not the one about its prompts. */
export function ofSubject({ batchId, pairId, inquiryId }: ExchangeSubject): SQL | undefined {
  if (inquiryId) return eq(exchanges.inquiryId, inquiryId);
  if (batchId) return eq(exchanges.batchId, batchId);
  if (pairId) return and(eq(exchanges.pairId, pairId), isNull(exchanges.inquiryId));
  return sql`false`;
}
