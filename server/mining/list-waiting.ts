import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { batches, exchanges, pairs, patterns } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";

export type WaitingWork = Awaited<ReturnType<typeof listWaiting>>;

/** What the LLM works on, and what waits for a person because its answer could not be used. */
export async function listWaiting({ db, member }: Pick<MemberContext, "db" | "member">) {
  const { projectId } = member;
  const [openBatches, waitingPairs, [writing]] = await Promise.all([
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
          inArray(batches.state, ["queued", "running", "waiting"]),
        ),
      )
      .orderBy(desc(batches.id)),
    db
      .select({
        id: pairs.id,
        a: pairs.conceptA,
        b: pairs.conceptB,
        reason: pairs.promptsReason,
        exchangeId: lastExchange(sql`pair_id = ${pairs.id} and inquiry_id is null`),
      })
      .from(pairs)
      .where(and(eq(pairs.projectId, projectId), eq(pairs.promptsState, "waiting")))
      .orderBy(desc(pairs.id))
      .limit(50),
    db
      .select({
        pairs: sql<number>`count(*) filter (where ${inArray(pairs.promptsState, ["queued", "running"])})::int`,
        missing: sql<number>`count(*) filter (where ${pairs.promptsState} is null and ${pairs.state} = 'accepted')::int`,
      })
      .from(pairs)
      .where(eq(pairs.projectId, projectId)),
  ]);
  return {
    batches: openBatches,
    prompts: waitingPairs,
    writing: writing?.pairs ?? 0,
    missing: writing?.missing ?? 0,
  };
}

const lastExchange = (ofSubject: ReturnType<typeof sql>) =>
  sql<
    string | null
  >`(select ${exchanges.id} from ${exchanges} where ${ofSubject} order by ${exchanges.id} desc limit 1)`;
