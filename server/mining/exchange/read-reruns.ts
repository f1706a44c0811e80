import { and, asc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { exchanges, inquiries } from "@/db/schema";

export type Rerun = Awaited<ReturnType<typeof readReruns>>[number];

/** The same question asked again, oldest first, each with what came back so far. */
export async function readReruns(
  db: DbOrTx,
  { projectId, exchangeId }: { projectId: string; exchangeId: string },
) {
  return db
    .select({
      inquiryId: inquiries.id,
      state: inquiries.state,
      reason: inquiries.reason,
      settings: inquiries.parameters,
      exchangeId: exchanges.id,
      model: exchanges.model,
      outcome: exchanges.outcome,
      answer: exchanges.answer,
      tokensIn: exchanges.tokensIn,
      tokensOut: exchanges.tokensOut,
    })
    .from(inquiries)
    .leftJoin(exchanges, eq(exchanges.inquiryId, inquiries.id))
    .where(and(eq(inquiries.projectId, projectId), eq(inquiries.rerunsId, exchangeId)))
    .orderBy(asc(inquiries.id), asc(exchanges.id));
}
