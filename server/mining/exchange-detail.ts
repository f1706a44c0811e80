import { and, asc, eq } from "drizzle-orm";
import { batches, exchanges, pairs, patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { LlmMessage } from "@/server/llm/domain/message";
import type { MemberContext } from "@/server/trpc/context";
import { ofSubject } from "./exchange-subject";

export type ExchangeDetail = Awaited<ReturnType<typeof exchangeDetail>>;

/** One exchange with what it was for and the others of the same conversation. */
export async function exchangeDetail(
  { db, member }: Pick<MemberContext, "db" | "member">,
  { exchangeId }: { exchangeId: string },
) {
  const { projectId } = member;
  const [exchange] = await db
    .select()
    .from(exchanges)
    .where(and(eq(exchanges.id, exchangeId), eq(exchanges.projectId, projectId)));
  if (!exchange) throw new AppError("NOT_FOUND", "No such exchange in this project");
  const [conversation, batch, pair] = await Promise.all([
    db
      .select({
        id: exchanges.id,
        outcome: exchanges.outcome,
        reason: exchanges.reason,
        repairsId: exchanges.repairsId,
        createdAt: exchanges.createdAt,
      })
      .from(exchanges)
      .where(and(ofSubject(exchange), eq(exchanges.projectId, projectId)))
      .orderBy(asc(exchanges.id)),
    exchange.batchId ? findBatch(db, exchange.batchId) : null,
    exchange.pairId ? findPair(db, exchange.pairId) : null,
  ]);
  // The column is JSON that only sendExchange writes, always as messages.
  return { ...exchange, messages: exchange.messages as LlmMessage[], conversation, batch, pair };
}

async function findBatch(db: MemberContext["db"], id: string) {
  const [batch] = await db
    .select({
      id: batches.id,
      number: batches.number,
      state: batches.state,
      reason: batches.reason,
      patternId: patterns.id,
      pattern: patterns.name,
    })
    .from(batches)
    .innerJoin(patterns, eq(patterns.id, batches.patternId))
    .where(eq(batches.id, id));
  return batch ?? null;
}

async function findPair(db: MemberContext["db"], id: string) {
  const [pair] = await db
    .select({
      id: pairs.id,
      a: pairs.conceptA,
      b: pairs.conceptB,
      promptsState: pairs.promptsState,
      promptsReason: pairs.promptsReason,
    })
    .from(pairs)
    .where(eq(pairs.id, id));
  return pair ?? null;
}
