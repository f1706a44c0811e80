import { and, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { seats } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { freeKept } from "./free-kept";
import type { FreeSeats } from "./schemas";

/**
 * Seats that were kept for somebody go to whoever comes: those named, or all of one rater. Where they sit
 * just now, or have done the grid, it stays theirs.
 */
export async function freeSeats(
  { db, viewer, member: { projectId } }: MemberContext,
  input: FreeSeats,
): Promise<{ freed: number }> {
  const wanted =
    "seatIds" in input ? inArray(seats.id, input.seatIds) : eq(seats.raterId, input.accountId);
  const isLeft = or(isNull(seats.leasedUntil), lt(seats.leasedUntil, sql`now()`));
  const freed = await db.transaction((tx) =>
    freeKept(tx, { projectId, actorId: viewer.accountId }, and(wanted, isLeft)),
  );
  return { freed };
}
