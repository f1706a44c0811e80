import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { accounts, ratingCounts, ratingRounds } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";

export type Round = Awaited<ReturnType<typeof listRounds>>[number];

/** Every round of the project with how far it is, newest first. */
export async function listRounds({ db, member }: Pick<MemberContext, "db" | "member">) {
  const sum = (field: string) =>
    sql<number>`coalesce(sum(${ratingCounts.n}) filter (where ${ratingCounts.field} = ${field}), 0)`.mapWith(
      Number,
    );
  return db
    .select({
      number: ratingRounds.number,
      openedAt: ratingRounds.openedAt,
      closedAt: ratingRounds.closedAt,
      closedBy: accounts.name,
      closedReason: ratingRounds.closedReason,
      gridsOpen: sum("open"),
      gridsClosed: sum("closed"),
      seatsOpen: sum("seats_open"),
      seatsDone: sum("seats_done"),
    })
    .from(ratingRounds)
    .leftJoin(accounts, eq(accounts.id, ratingRounds.closedBy))
    .leftJoin(
      ratingCounts,
      and(
        eq(ratingCounts.projectId, ratingRounds.projectId),
        eq(ratingCounts.round, ratingRounds.number),
        isNull(ratingCounts.raterId),
      ),
    )
    .where(eq(ratingRounds.projectId, member.projectId))
    .groupBy(ratingRounds.projectId, ratingRounds.number, accounts.name)
    .orderBy(desc(ratingRounds.number));
}
