import { and, eq, isNull, notExists, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { grids, seats, sittings } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { wakePairs } from "@/server/loop/wake";
import type { MemberContext } from "@/server/trpc/context";
import { openPositions, sayOpen } from "./domain/open-positions";
import { isSimulatedRater } from "./is-simulated-rater";
import { lockGrid } from "./lock-grid";
import { lockSitting } from "./lock-sitting";
import { settleRaterTime } from "./rater-time";
import { reckonConsensus } from "./reckon-consensus";
import { refuseFinished } from "./refuse-finished";
import { routeLooks } from "./route-looks";
import type { SubmitSitting } from "./schemas";
import { readShown, writeLevel } from "./write-level";

/**
 * Completes a sitting and writes its Level. One that lost its seat meanwhile is kept all the same,
 * as extra overlap. An image flagged as broken leaves the grid without a Level, for a researcher;
 * a screened one too, unless a correct image ended it.
 */
export async function submitSitting(ctx: MemberContext, submission: SubmitSitting): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { sitting, seat } = await lockSitting(tx, ctx, submission.sittingId);
    if (sitting.state === "submitted") return;
    refuseFinished(sitting.state);
    const cells = await readShown(tx, sitting);
    const open = openPositions(cells, sitting.mode);
    if (open.length > 0) throw new AppError("INVALID", sayOpen(open));

    await completeSitting(tx, submission);
    const isSimulated = await isSimulatedRater(tx, sitting.raterId);
    // One after the other at the same grid: each must see what the others completed.
    await lockGrid(tx, sitting.gridId);
    await writeLevel(tx, { ...sitting, isSimulated }, cells);
    if (seat) await completeSeat(tx, seat);
    const consensus = await reckonConsensus(tx, sitting.gridId);
    if (consensus) await routeLooks(tx, sitting, consensus);
    await notifyLive(tx, { projectId: sitting.projectId, topic: "grid", id: sitting.gridId });
    await wakeGrid(tx, sitting.gridId);
    if (!isSimulated) await settleRaterTime(tx, sitting, submission.activeMs);
  });
}

async function completeSitting(tx: Tx, submission: SubmitSitting) {
  const { guidelineVersion, paintedAt, firstActionAt, activeMs, seenInstead } = submission;
  await tx
    .update(sittings)
    .set({
      state: "submitted",
      submittedAt: sql`now()`,
      laterAt: null,
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
