import { randomInt } from "node:crypto";
import {
  and,
  asc,
  desc,
  eq,
  isNotNull,
  isNull,
  lt,
  notExists,
  notInArray,
  or,
  sql,
  TransactionRollbackError,
} from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts, grids, type Seat, seats, sittings } from "@/db/schema";
import { waitFor } from "@/server/loop/wait";
import type { MemberContext } from "@/server/trpc/context";
import { currentGuideline } from "./current-guideline";
import { leaseEnd, renewLease } from "./lease";
import { RATER_TIME_USED_UP, reserveRaterTime, settleRaterTime } from "./rater-time";

type Rater = { id: string; projectId: string; isSimulated: boolean; besides: readonly string[] };
type Sitting = typeof sittings.$inferSelect;

/** `refused` says why nothing is handed out although something is left. */
export type Claim = { sittingId: string } | { refused: string };

/**
 * The sitting to do next: an unfinished one first, then a free seat, then what was put off.
 * Null when nothing is left. `besides` are the sittings the caller already holds.
 */
export async function claimNextSeat(
  { db, viewer, member }: MemberContext,
  besides: readonly string[] = [],
): Promise<Claim | null> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    // Two tabs of one rater must not take two seats of the same grid.
    const [account] = await tx
      .select({ id: accounts.id, isSimulated: accounts.isSimulated })
      .from(accounts)
      .where(eq(accounts.id, viewer.accountId))
      .for("update");
    if (!account) return null;
    const rater = { ...account, projectId, besides };
    const claimed = await takeWithinBudget(tx, rater);
    if (claimed !== "usedUp") return claimed && { sittingId: claimed.id };
    await waitFor(tx, { projectId, kind: "budget" }, "The rater time is used up.");
    return { refused: RATER_TIME_USED_UP };
  });
}

/** Taken and paid for, or neither: what a refused reservation had taken is let go again. */
async function takeWithinBudget(tx: Tx, rater: Rater): Promise<Sitting | null | "usedUp"> {
  try {
    return await tx.transaction(async (attempt) => {
      const sitting = await takeNext(attempt, rater);
      // The budget's is the last lock, as in every other verb of a sitting. A program's time costs nobody's.
      if (!sitting || rater.isSimulated || (await reserveRaterTime(attempt, sitting)))
        return sitting;
      return attempt.rollback();
    });
  } catch (cause) {
    if (cause instanceof TransactionRollbackError) return "usedUp";
    throw cause;
  }
}

async function takeNext(tx: Tx, rater: Rater): Promise<Sitting | null> {
  const unfinished = await findLiveSitting(tx, rater, isNull(sittings.laterAt));
  if (unfinished) return resume(tx, unfinished);
  const taken = await takeFreeSeat(tx, rater);
  if (taken) return taken;
  const putOff = await findLiveSitting(tx, rater, isNotNull(sittings.laterAt));
  return putOff ? resume(tx, putOff) : null;
}

async function findLiveSitting(tx: Tx, rater: Rater, pile: ReturnType<typeof isNull>) {
  const [sitting] = await tx
    .select()
    .from(sittings)
    .where(
      and(
        eq(sittings.projectId, rater.projectId),
        eq(sittings.raterId, rater.id),
        eq(sittings.state, "live"),
        notInArray(sittings.id, [...rater.besides]),
        pile,
      ),
    )
    .orderBy(asc(sittings.laterAt), asc(sittings.id))
    .limit(1);
  return sitting;
}

async function resume(tx: Tx, sitting: Sitting) {
  await renewLease(tx, sitting.id);
  return sitting;
}

async function takeFreeSeat(tx: Tx, rater: Rater) {
  for (;;) {
    const seat = await lockFreeSeat(tx, rater);
    if (!seat) return null;
    const sitting = await sitDown(tx, seat, rater);
    // Null: the rater's own sitting at this grid was submitted just now; the next look skips it.
    if (sitting) return sitting;
  }
}

type FreeSeat = Seat & { mode: Sitting["mode"] };

async function lockFreeSeat(tx: Tx, rater: Rater): Promise<FreeSeat | undefined> {
  const isFree = or(isNull(seats.leasedUntil), lt(seats.leasedUntil, sql`now()`));
  // A grid that its rater gave back, or lost to a lapsed lease, may come again; any other never.
  const isBehindMe = tx
    .select({ id: sittings.id })
    .from(sittings)
    .where(
      and(
        eq(sittings.gridId, seats.gridId),
        eq(sittings.raterId, rater.id),
        or(
          sql`${sittings.state} <> 'given_back'`,
          rater.besides.length > 0 ? sql`${sittings.id} in ${[...rater.besides]}` : undefined,
        ),
      ),
    );
  // The lease lives on the locked row itself, so a waiter re-reads it after the lock.
  const [row] = await tx
    .select({ seat: seats, mode: grids.mode })
    .from(seats)
    .innerJoin(grids, eq(grids.id, seats.gridId))
    .where(
      and(
        eq(seats.projectId, rater.projectId),
        eq(grids.state, "open"),
        isNull(seats.completedAt),
        isFree,
        notExists(isBehindMe),
      ),
    )
    .orderBy(desc(grids.priority), asc(seats.number), asc(seats.id))
    .limit(1)
    .for("update", { of: seats, skipLocked: true });
  return row && { ...row.seat, mode: row.mode };
}

async function sitDown(tx: Tx, seat: FreeSeat, rater: Rater): Promise<Sitting | null> {
  const { version } = await currentGuideline(tx, rater.projectId);
  const [sitting] = await tx
    .insert(sittings)
    .values({
      projectId: rater.projectId,
      gridId: seat.gridId,
      raterId: rater.id,
      guidelineVersion: version,
      mode: seat.mode,
      orderSeed: randomInt(2 ** 31),
    })
    .onConflictDoUpdate({
      target: [sittings.gridId, sittings.raterId, sittings.occasion],
      set: { state: "live", laterAt: null, guidelineVersion: version, mode: seat.mode },
      // Submitted at this very moment: it must not come back to life with its Level there.
      setWhere: eq(sittings.state, "given_back"),
    })
    .returning();
  if (!sitting) return null;
  if (seat.sittingId && seat.sittingId !== sitting.id) await oust(tx, seat.sittingId);
  await tx
    .update(seats)
    .set({ sittingId: sitting.id, leasedUntil: leaseEnd })
    .where(eq(seats.id, seat.id));
  return sitting;
}

/** Its verdicts stay, and it may still be submitted: then it counts as extra overlap. */
async function oust(tx: Tx, sittingId: string) {
  const [ousted] = await tx
    .update(sittings)
    .set({ state: "given_back" })
    .where(and(eq(sittings.id, sittingId), eq(sittings.state, "live")))
    .returning();
  if (ousted) await settleRaterTime(tx, ousted, ousted.activeMs);
}
