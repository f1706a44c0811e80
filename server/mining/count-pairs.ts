import { eq, sql } from "drizzle-orm";
import { PAIR_STATES, type PairState } from "@/db/enums";
import { pairCounts } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";

/** From the counters: the price does not grow with the pairs. */
export async function countPairs({
  db,
  member,
}: Pick<MemberContext, "db" | "member">): Promise<Record<PairState, number>> {
  const rows = await db
    .select({
      state: pairCounts.state,
      pairs: sql<number>`sum(${pairCounts.pairs})`.mapWith(Number),
    })
    .from(pairCounts)
    .where(eq(pairCounts.projectId, member.projectId))
    .groupBy(pairCounts.state);
  const of = (state: PairState) => rows.find((row) => row.state === state)?.pairs ?? 0;
  return Object.fromEntries(PAIR_STATES.map((state) => [state, of(state)])) as Record<
    PairState,
    number
  >;
}
