import { and, asc, count, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { accounts, seats } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";

/** For whom seats are kept that are not done yet; `isAway`: whoever cannot sign in any more will not come. */
export function listKept({ db, member }: MemberContext) {
  return db
    .select({
      raterId: accounts.id,
      rater: accounts.name,
      isAway: sql<boolean>`${accounts.disabledAt} is not null`,
      seats: count(),
    })
    .from(seats)
    .innerJoin(accounts, eq(accounts.id, seats.raterId))
    .where(
      and(
        eq(seats.projectId, member.projectId),
        isNotNull(seats.raterId),
        isNull(seats.completedAt),
      ),
    )
    .groupBy(accounts.id, accounts.name)
    .orderBy(asc(accounts.name), asc(accounts.id));
}
