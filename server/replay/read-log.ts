import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "@/db/client";
import { decisions, exchanges } from "@/db/schema";
import { IMPORTED } from "@/server/generation/domain/imported";
import { tokensSpent } from "@/server/mining/exchange-cost";
import type { Evidence, LogEntry, LoggedExchange } from "./domain/log";

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

/**
 * Pairs of which a submitted sitting judged enough for a Level, by the verdict events alone. A grid that is
 * being completed was screened before: its pair stays rated meanwhile.
 */
async function readRatedPairs(db: DbOrTx, projectId: string): Promise<ReadonlySet<string>> {
  const rows = await db.execute<{ pair_id: string }>(sql`
    with latest as (
      select distinct on (e.sitting_id, e.image_id) e.sitting_id, e.verdict
        from verdict_event e join sitting s on s.id = e.sitting_id
        where s.project_id = ${projectId} and s.state = 'submitted'
        order by e.sitting_id, e.image_id, e.client_seq desc, e.client_at desc, e.id desc
    ), judged as (
      select sitting_id, count(*) filter (where verdict in ('correct', 'incorrect')) as rated,
        count(*) filter (where verdict = 'correct') as correct
        from latest group by sitting_id
    )
    select distinct g.pair_id
      from judged j
      join sitting s on s.id = j.sitting_id
      join seat on seat.sitting_id = s.id and seat.completed_at is not null
      join grid g on g.id = s.grid_id and g.purpose = 'mining'
      where j.rated = 20 or (s.mode = 'screen' and j.correct >= 1)
    union
    select subject_id from decision
      where project_id = ${projectId} and action = 'grid.complete' and subject_id is not null`);
  return new Set(rows.map(({ pair_id }) => pair_id));
}

const Reserved = z.object({ reserved: z.number().default(0) });

async function sumTokens(db: DbOrTx, projectId: string) {
  const rows = await db
    .select({
      outcome: exchanges.outcome,
      parameters: exchanges.parameters,
      tokensIn: exchanges.tokensIn,
      tokensOut: exchanges.tokensOut,
    })
    .from(exchanges)
    .where(eq(exchanges.projectId, projectId));
  const spent = { reserved: 0, settled: 0 };
  for (const { outcome, parameters, ...counted } of rows) {
    const { reserved } = Reserved.parse(parameters);
    if (outcome === "pending") spent.reserved += reserved;
    else if (outcome !== "failed") spent.settled += tokensSpent(counted, reserved);
  }
  return spent;
}

/** What was brought in cost this project nothing. */
async function countRenders(db: DbOrTx, projectId: string) {
  const [row] = await db.execute<{ reserved: number; settled: number }>(sql`
    select count(*) filter (where state in ('queued', 'leased'))::int as reserved,
      count(*) filter (where state = 'done')::int as settled
      from render where project_id = ${projectId} and endpoint_name <> ${IMPORTED}`);
  return row ?? { reserved: 0, settled: 0 };
}

/** Finished sittings of people; what a live one holds is a lease, not a fact of the log, and a program's time costs nothing. */
async function sumRaterMs(db: DbOrTx, projectId: string) {
  const [row] = await db.execute<{ settled: string }>(sql`
    select coalesce(sum(s.active_ms), 0) as settled
      from sitting s join account a on a.id = s.rater_id
      where s.project_id = ${projectId} and s.state <> 'live' and not a.is_simulated`);
  return { reserved: 0, settled: Number(row?.settled ?? 0) };
}
