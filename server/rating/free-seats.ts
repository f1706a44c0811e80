import { and, asc, eq, inArray, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { seats } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import type { FreeSeats } from "./schemas";

/**
 * Seats that were kept for somebody go to whoever comes: those named, or all of one rater. Where they sit
 * just now, or have done the grid, it stays theirs.
 */
export async function freeSeats(
  { db, viewer, member }: MemberContext,
  input: FreeSeats,
): Promise<{ freed: number }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    const wanted =
      "seatIds" in input ? inArray(seats.id, input.seatIds) : eq(seats.raterId, input.accountId);
    const kept = await tx
      .select({ id: seats.id, raterId: seats.raterId })
      .from(seats)
      .where(
        and(
          eq(seats.projectId, projectId),
          wanted,
          isNotNull(seats.raterId),
          isNull(seats.completedAt),
          or(isNull(seats.leasedUntil), lt(seats.leasedUntil, sql`now()`)),
        ),
      )
      .orderBy(asc(seats.id))
      .for("update");
    if (kept.length === 0) return { freed: 0 };
    const ids = kept.map(({ id }) => id);
    await tx.update(seats).set({ raterId: null }).where(inArray(seats.id, ids));
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "seats.free",
      payload: { accountIds: [...new Set(kept.map(({ raterId }) => raterId))], freed: ids.length },
    });
    await notifyLive(tx, { projectId, topic: "round", id: projectId });
    return { freed: ids.length };
  });
}
