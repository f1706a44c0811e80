import { and, eq, isNull, notExists, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { grids, seats, sittings } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { offerMerge } from "@/server/loop/offer-merge";
import { wakePairs } from "@/server/loop/wake";
import type { MemberContext } from "@/server/trpc/context";
import { openPositions, sayOpen } from "./domain/open-positions";
import { isSimulatedRater } from "./is-simulated-rater";
import { lockGrid } from "./lock-grid";
import { lockSitting } from "./lock-sitting";
import { reviewRaterStop } from "./rater-stop";
import { settleRaterTime } from "./rater-time";
import { reckonConsensus } from "./reckon-consensus";
import { refuseClosedRound } from "./refuse-closed-round";
import { refuseFinished } from "./refuse-finished";
import { routeLooks } from "./route-looks";
import type { SubmitSitting } from "./schemas";
import { type FeedbackCell, readFeedback } from "./training-feedback";
import { readShown, writeLevel } from "./write-level";

/**
 * Completes a sitting and writes its Level. One that lost its seat meanwhile is kept all the same,
 * as extra overlap. An image flagged as broken leaves the grid without a Level, for a researcher;
 * a screened one too, unless a correct image ended it. What measures or teaches the rater has no Level;
 * only a training grid is answered with how it was meant.
 */
export async function submitSitting(
  ctx: MemberContext,
  submission: SubmitSitting,
): Promise<{ feedback: FeedbackCell[] | null }> {
  return ctx.db.transaction(async (tx) => {
    const { sitting, seat } = await lockSitting(tx, ctx, submission.sittingId);
    if (sitting.state !== "submitted") await submit(tx, sitting, seat, submission);
    return { feedback: sitting.kind === "training" ? await readFeedback(tx, sitting) : null };
  });
}

type Locked = Awaited<ReturnType<typeof lockSitting>>;

async function submit(
  tx: Tx,
  sitting: Locked["sitting"],
  seat: Locked["seat"],
  submission: SubmitSitting,
): Promise<void> {
  refuseFinished(sitting.state);
  await refuseClosedRound(tx, sitting);
  const cells = await readShown(tx, sitting);
  const open = openPositions(cells, sitting.mode);
  if (open.length > 0) throw new AppError("INVALID", sayOpen(open));

  // One after the other at the same grid: each must see what the others completed.
  await lockGrid(tx, sitting.gridId);
  await completeSitting(tx, submission, { isExtra: sitting.kind === "seat" && !seat });
  const isSimulated = await isSimulatedRater(tx, sitting.raterId);
  if (sitting.kind === "seat") await countIt(tx, { ...sitting, isSimulated }, seat, cells);
  await notifyLive(tx, { projectId: sitting.projectId, topic: "grid", id: sitting.gridId });
  if (!isSimulated) await settleRaterTime(tx, sitting, submission.activeMs);
  await reviewRaterStop(tx, sitting);
}

/** What it says of its pair: alone, and together with the other raters of the grid. */
async function countIt(
  tx: Tx,
  sitting: Locked["sitting"] & { isSimulated: boolean },
  seat: Locked["seat"],
  cells: Awaited<ReturnType<typeof readShown>>,
): Promise<void> {
  await writeLevel(tx, sitting, cells);
  if (seat) await completeSeat(tx, seat);
  const consensus = await reckonConsensus(tx, sitting.gridId);
  if (consensus) await routeLooks(tx, sitting, consensus);
  await wakeGrid(tx, sitting.gridId);
  if (!sitting.isSimulated) await offerMerge(tx, sitting.projectId);
}

async function completeSitting(
  tx: Tx,
  submission: SubmitSitting,
  { isExtra }: { isExtra: boolean },
) {
  const { guidelineVersion, paintedAt, firstActionAt, activeMs, seenInstead } = submission;
  await tx
    .update(sittings)
    .set({
      state: "submitted",
      submittedAt: sql`now()`,
      laterAt: null,
      isExtra,
      guidelineVersion,
      paintedAt,
      firstActionAt,
      activeMs,
      // Not asked leaves what stands; asked and left empty takes it back.
      seenInstead: seenInstead === undefined ? undefined : seenInstead || null,
    })
    .where(eq(sittings.id, submission.sittingId));
}

async function completeSeat(tx: Tx, { id, gridId }: { id: string; gridId: string }) {
  await tx
    .update(seats)
    .set({ completedAt: sql`now()`, leasedUntil: null })
    .where(eq(seats.id, id));
  const openSeats = tx
    .select({ id: seats.id })
    .from(seats)
    .where(and(eq(seats.gridId, gridId), isNull(seats.completedAt)));
  await tx
    .update(grids)
    .set({ state: "closed" })
    .where(and(eq(grids.id, gridId), notExists(openSeats)));
}

async function wakeGrid(tx: Tx, gridId: string) {
  const [grid] = await tx.select({ pairId: grids.pairId }).from(grids).where(eq(grids.id, gridId));
  if (grid) await wakePairs(tx, [grid.pairId]);
}
