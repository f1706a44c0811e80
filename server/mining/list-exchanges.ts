import { and, desc, eq, lt } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { batches, exchanges, inquiries, pairs, patterns } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { EXCHANGE_PAGE, type ListExchanges } from "./domain/exchange-input";

const asked = alias(patterns, "asked");
export type ListedExchange = Awaited<ReturnType<typeof listExchanges>>["exchanges"][number];

/** One page of everything that was asked of an LLM, the newest first, with what each was about. */
export async function listExchanges(
  { db, member }: Pick<MemberContext, "db" | "member">,
  { purpose, outcome, cursor }: ListExchanges,
) {
  const rows = await db
    .select({
      id: exchanges.id,
      purpose: exchanges.purpose,
      model: exchanges.model,
      templateVersion: exchanges.templateVersion,
      outcome: exchanges.outcome,
      tokensIn: exchanges.tokensIn,
      tokensOut: exchanges.tokensOut,
      latencyMs: exchanges.latencyMs,
      repairsId: exchanges.repairsId,
      createdAt: exchanges.createdAt,
      batch: { number: batches.number, pattern: patterns.name },
      pair: { a: pairs.conceptA, b: pairs.conceptB },
      pattern: asked.name,
      rerunsId: inquiries.rerunsId,
    })
    .from(exchanges)
    .leftJoin(batches, eq(batches.id, exchanges.batchId))
    .leftJoin(patterns, eq(patterns.id, batches.patternId))
    .leftJoin(pairs, eq(pairs.id, exchanges.pairId))
    .leftJoin(inquiries, eq(inquiries.id, exchanges.inquiryId))
    .leftJoin(asked, eq(asked.id, inquiries.patternId))
    .where(
      and(
        eq(exchanges.projectId, member.projectId),
        purpose ? eq(exchanges.purpose, purpose) : undefined,
        outcome ? eq(exchanges.outcome, outcome) : undefined,
        cursor ? lt(exchanges.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(exchanges.id))
    .limit(EXCHANGE_PAGE + 1);
  const page = rows.slice(0, EXCHANGE_PAGE);
  return {
    exchanges: page,
    nextCursor: rows.length > EXCHANGE_PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}
