import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "@/db/client";
import type { ExchangeOutcome } from "@/db/enums";
import { decisions, exchanges } from "@/db/schema";
import { IMPORTED } from "@/server/generation/domain/imported";
import { tokensSpent } from "@/server/mining/exchange-cost";
import type { Evidence, LogEntry, LoggedExchange } from "./domain/log";
import { readRatedPairs } from "./read-rated-pairs";

/** Every decision of the project in the order in which they became true. */
export async function readLog(db: DbOrTx, projectId: string): Promise<LogEntry[]> {
  return db
    .select({
      seq: decisions.seq,
      action: decisions.action,
      subjectId: decisions.subjectId,
      payload: decisions.payload,
    })
    .from(decisions)
    .where(eq(decisions.projectId, projectId))
    .orderBy(asc(decisions.seq));
}

/** What the decisions refer to: answers of the LLM, outcomes of renders, what raters judged. */
export async function readEvidence(db: DbOrTx, projectId: string): Promise<Evidence> {
  const [answered, tokens, ratedPairs, renders, raterMs] = await Promise.all([
    readExchanges(db, projectId),
    sumTokens(db, projectId),
    readRatedPairs(db, projectId),
    countRenders(db, projectId),
    sumRaterMs(db, projectId),
  ]);
  return { exchanges: answered, ratedPairs, spent: { tokens, renders, rater_ms: raterMs } };
}

async function readExchanges(
  db: DbOrTx,
  projectId: string,
): Promise<ReadonlyMap<string, LoggedExchange>> {
  const rows = await db
    .select({
      id: exchanges.id,
      purpose: exchanges.purpose,
      answer: exchanges.answer,
      parameters: exchanges.parameters,
    })
    .from(exchanges)
    .where(and(eq(exchanges.projectId, projectId), isNotNull(exchanges.answer)));
  return new Map(
    rows.map(({ id, purpose, answer, parameters }) => [
      id,
      { purpose, answer: answer ?? "", input: (parameters as { input?: unknown }).input },
    ]),
  );
}

const Reserved = z.object({ reserved: z.number().default(0) });

async function sumTokens(db: DbOrTx, projectId: string) {
  const rows = await db
    .select({
      outcome: exchanges.outcome,
      parameters: exchanges.parameters,
      tokensIn: exchanges.tokensIn,
      tokensOut: exchanges.tokensOut,
      tokensCharged: exchanges.tokensCharged,
      latencyMs: exchanges.latencyMs,
    })
    .from(exchanges)
    .where(eq(exchanges.projectId, projectId));
  const spent = { reserved: 0, settled: 0 };
  for (const { outcome, parameters, tokensCharged, ...counted } of rows) {
    const { reserved } = Reserved.parse(parameters);
    if (outcome === "pending") spent.reserved += reserved;
    else spent.settled += tokensCharged ?? chargedBefore(outcome, counted, reserved);
  }
  return spent;
}

type Counted = Pick<typeof exchanges.$inferSelect, "tokensIn" | "tokensOut" | "latencyMs">;

/**
 * In exchanges from before the charge was kept with them: a failure cost nothing, but for one whose process had
 * died. That one has no time to its answer.
 */
function chargedBefore(outcome: ExchangeOutcome, counted: Counted, reserved: number): number {
  if (outcome !== "failed") return tokensSpent(counted, reserved);
  return counted.latencyMs === null ? reserved : 0;
}

/** What was brought in cost this project nothing. */
async function countRenders(db: DbOrTx, projectId: string) {
  const [row] = await db.execute<{ reserved: number; settled: number }>(sql`
    select count(*) filter (where state in ('queued', 'leased'))::int as reserved,
      count(*) filter (where state = 'done')::int as settled
      from render where project_id = ${projectId} and endpoint_name <> ${IMPORTED}`);
  return row ?? { reserved: 0, settled: 0 };
}

/**
 * Finished sittings of people; a program's time costs nothing. What a live sitting holds or has cost so far is no
 * fact of the log: there its entry is taken at its word.
 */
async function sumRaterMs(db: DbOrTx, projectId: string) {
  const [finished] = await db.execute<{ settled: string }>(sql`
    select coalesce(sum(s.active_ms), 0) as settled
      from sitting s join account a on a.id = s.rater_id
      where s.project_id = ${projectId} and s.state <> 'live' and not a.is_simulated`);
  const [live] = await db.execute<{ reserved: string; settled: string }>(sql`
    select coalesce(sum(e.reserved) filter (where e.settled is null), 0) as reserved, coalesce(sum(e.settled), 0) as settled
      from budget_entry e join sitting s on s.id::text = e.subject
      where e.project_id = ${projectId} and e.kind = 'rater_ms' and s.state = 'live'`);
  const settled = Number(finished?.settled ?? 0) + Number(live?.settled ?? 0);
  return { reserved: Number(live?.reserved ?? 0), settled };
}
