import { and, asc, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { grids, memberships, seats, sittings } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import type { AssignSeats } from "./schemas";

/**
 * Keeps one free seat of each grid for each of these raters: nobody else is given it. Who sits at the grid or
 * has sat there keeps that place; a grid without a free seat left is counted as full.
 */
export async function assignSeats(
  { db, viewer, member }: MemberContext,
  input: AssignSeats,
): Promise<{ assigned: number; full: number; seatIds: string[] }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    await refuseStrangers(tx, projectId, input.accountIds);
    const free = await lockFreeSeats(tx, projectId, input);
    const seatIds: string[] = [];
    let full = 0;
    for (const [gridId, gridSeats] of Map.groupBy(free.seats, (seat) => seat.gridId)) {
      const wanting = await withoutPlace(tx, gridId, input.accountIds);
      const kept = wanting.slice(0, gridSeats.length);
      for (const [index, raterId] of kept.entries()) {
        const seatId = gridSeats[index]?.id;
        if (!seatId) continue;
        await tx.update(seats).set({ raterId }).where(eq(seats.id, seatId));
        seatIds.push(seatId);
      }
      full += kept.length < wanting.length ? 1 : 0;
    }
    full += free.gridsWithout;
    const assigned = seatIds.length;
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "seats.assign",
      payload: { ...input, assigned },
    });
    await notifyLive(tx, { projectId, topic: "round", id: projectId });
    return { assigned, full, seatIds };
  });
}

async function refuseStrangers(tx: Tx, projectId: string, accountIds: readonly string[]) {
  const members = await tx
    .select({ id: memberships.accountId })
    .from(memberships)
    .where(
      and(eq(memberships.projectId, projectId), inArray(memberships.accountId, [...accountIds])),
    );
  if (members.length < new Set(accountIds).size) {
    throw new AppError(
      "INVALID",
      "Only members of the project can be given grids. Invite them first.",
    );
  }
}

/** Seats before their grids, and in one order, as everywhere. */
async function lockFreeSeats(tx: Tx, projectId: string, { pairIds }: AssignSeats) {
  const ofPairs = and(
    eq(grids.projectId, projectId),
    inArray(grids.pairId, [...pairIds]),
    eq(grids.state, "open"),
  );
  const wanted = await tx.select({ id: grids.id }).from(grids).where(ofPairs);
  const found = await tx
    .select({ id: seats.id, gridId: seats.gridId })
    .from(seats)
    .where(
      and(
        inArray(
          seats.gridId,
          wanted.map(({ id }) => id),
        ),
        isNull(seats.completedAt),
        isNull(seats.raterId),
        or(isNull(seats.leasedUntil), lt(seats.leasedUntil, sql`now()`)),
      ),
    )
    .orderBy(asc(seats.id))
    .for("update");
  const gridsWithout = wanted.length - new Set(found.map(({ gridId }) => gridId)).size;
  return { seats: found, gridsWithout };
}

async function withoutPlace(tx: Tx, gridId: string, accountIds: readonly string[]) {
  const [kept, sat] = await Promise.all([
    tx.select({ id: seats.raterId }).from(seats).where(eq(seats.gridId, gridId)),
    tx
      .select({ id: sittings.raterId })
      .from(sittings)
      .where(and(eq(sittings.gridId, gridId), sql`${sittings.state} <> 'given_back'`)),
  ]);
  const placed = new Set([...kept, ...sat].map(({ id }) => id));
  return [...new Set(accountIds)].filter((id) => !placed.has(id));
}
