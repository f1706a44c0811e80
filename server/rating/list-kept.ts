import { and, asc, count, eq, isNotNull, isNull } from "drizzle-orm";
import { accounts, memberships, seats } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";

/** For whom seats are kept that are not done yet, also who has left since: their grids wait for them all the same. */
export async function listKept({ db, member }: MemberContext) {
  const rows = await db
    .select({
      raterId: accounts.id,
      rater: accounts.name,
      seats: count(),
      role: memberships.role,
    })
    .from(seats)
    .innerJoin(accounts, eq(accounts.id, seats.raterId))
    .leftJoin(
      memberships,
      and(eq(memberships.accountId, seats.raterId), eq(memberships.projectId, seats.projectId)),
    )
    .where(
      and(
        eq(seats.projectId, member.projectId),
        isNotNull(seats.raterId),
        isNull(seats.completedAt),
      ),
    )
    .groupBy(accounts.id, accounts.name, memberships.role)
    .orderBy(asc(accounts.name), asc(accounts.id));
  return rows.map(({ role, ...row }) => ({ ...row, hasLeft: role === null }));
}
