import { count, eq } from "drizzle-orm";
import { PAIR_STATES, type PairState } from "@/db/enums";
import { pairs } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";

export async function countPairs({
  db,
  member,
}: Pick<MemberContext, "db" | "member">): Promise<Record<PairState, number>> {
  const rows = await db
    .select({ state: pairs.state, pairs: count() })
    .from(pairs)
    .where(eq(pairs.projectId, member.projectId))
    .groupBy(pairs.state);
  const of = (state: PairState) => rows.find((row) => row.state === state)?.pairs ?? 0;
  return Object.fromEntries(PAIR_STATES.map((state) => [state, of(state)])) as Record<
    PairState,
    number
  >;
}
