import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { exchanges } from "@/db/schema";
import { settle } from "@/server/budget/spend";
import { costOf } from "./exchange-cost";
import { type ExchangeSubject, ofSubject } from "./exchange-subject";

export type Finished = Pick<
  typeof exchanges.$inferSelect,
  "outcome" | "answer" | "reason" | "tokensIn" | "tokensOut" | "latencyMs"
>;

/** Writes down what came back and what it cost, together. */
export async function endExchange(
  tx: Tx,
  { projectId, exchangeId }: { projectId: string; exchangeId: string },
  finished: Finished,
  tokens: number,
): Promise<void> {
  // The budget before the exchange, as where a question is asked: two runs of one job never wait in a circle.
  await settle(tx, costOf(projectId, exchangeId), tokens);
  const done = await tx
    .update(exchanges)
    .set({ ...finished, tokensCharged: tokens, answeredAt: new Date() })
    .where(and(eq(exchanges.id, exchangeId), eq(exchanges.outcome, "pending")))
    .returning({ id: exchanges.id });
  if (done.length === 0) throw new Error("Another run of this job took over the exchange");
}

/** A process that died left its question open; whether it was answered will never be known, so it counts in full. */
export async function closeAbandoned(tx: Tx, subject: ExchangeSubject): Promise<void> {
  const closed = await tx
    .update(exchanges)
    .set({
      outcome: "failed",
      reason: "The process stopped before the answer arrived.",
      tokensCharged: sql`coalesce((${exchanges.parameters} ->> 'reserved')::integer, 0)`,
      answeredAt: new Date(),
    })
    .where(and(ofSubject(subject), eq(exchanges.outcome, "pending")))
    .returning({
      id: exchanges.id,
      projectId: exchanges.projectId,
      tokensCharged: exchanges.tokensCharged,
    });
  for (const { id, projectId, tokensCharged } of closed)
    await settle(tx, costOf(projectId, id), tokensCharged ?? 0);
}
