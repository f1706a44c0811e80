import { and, desc, eq, sql } from "drizzle-orm";
import { batches, exchanges, pairs, patterns } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { countAsking, listPairQuestions } from "./list-pair-questions";

// Words and not parameters, so that the planner sees that a small index serves.
const IS_WRITTEN = sql`${pairs.promptsState} in ('queued', 'running')`;
const IS_GIVEN_UP = sql`${pairs.state} = 'accepted' and ${pairs.promptsState} in ('cancelled')`;
const IS_UNWRITTEN = sql`${pairs.state} = 'accepted' and ${pairs.promptsState} is null`;

export type WaitingWork = Awaited<ReturnType<typeof listWaiting>>;

/** What the LLM works on, and what waits for a person because its answer could not be used. */
export async function listWaiting({ db, member }: Pick<MemberContext, "db" | "member">) {
  const { projectId } = member;
  const [openBatches, waitingPairs, writing, missing, questions, asking, givenUp] =
    await Promise.all([
      db
        .select({
          id: batches.id,
          number: batches.number,
          state: batches.state,
          reason: batches.reason,
          asked: batches.asked,
          pattern: patterns.name,
          exchangeId: lastExchange(sql`batch_id = ${batches.id}`),
        })
        .from(batches)
        .innerJoin(patterns, eq(patterns.id, batches.patternId))
        .where(
          and(
            eq(batches.projectId, projectId),
            sql`${batches.state} in ('queued', 'running', 'waiting')`,
          ),
        )
        .orderBy(desc(batches.id)),
      db
        .select({
          id: pairs.id,
          a: pairs.conceptA,
          b: pairs.conceptB,
          reason: pairs.promptsReason,
          exchangeId: lastExchange(sql`pair_id = ${pairs}.id and inquiry_id is null`),
        })
        .from(pairs)
        .where(and(eq(pairs.projectId, projectId), sql`${pairs.promptsState} = 'waiting'`))
        .orderBy(desc(pairs.id))
        .limit(50),
      db.$count(pairs, and(eq(pairs.projectId, projectId), IS_WRITTEN)),
      db.$count(pairs, and(eq(pairs.projectId, projectId), IS_UNWRITTEN)),
      listPairQuestions(db, projectId),
      countAsking(db, projectId),
      db.$count(pairs, and(eq(pairs.projectId, projectId), IS_GIVEN_UP)),
    ]);
  return {
    batches: openBatches,
    prompts: waitingPairs,
    writing,
    missing: missing + givenUp,
    questions,
    asking,
  };
}

// Columns of the outer query are named with their table: alone they would be the exchange's own.
const lastExchange = (ofSubject: ReturnType<typeof sql>) =>
  sql<
    string | null
  >`(select ${exchanges.id} from ${exchanges} where ${ofSubject} order by ${exchanges.id} desc limit 1)`;
