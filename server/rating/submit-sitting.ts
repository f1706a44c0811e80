import { and, eq, isNull, notExists, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts, gridImages, grids, levels, seats, sittings, verdicts } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { wakePairs } from "@/server/loop/wake";
import type { MemberContext } from "@/server/trpc/context";
import { IMAGES_PER_GRID, LEVEL_RULE_VERSION, levelOf, wilsonInterval } from "./domain/level";
import { openPositions, type RatedCell, sayOpen } from "./domain/open-positions";
import { lockSitting } from "./lock-sitting";
import { refuseFinished } from "./refuse-finished";
import type { SubmitSitting } from "./schemas";

type Sitting = Awaited<ReturnType<typeof lockSitting>>["sitting"];

/**
 * Completes a sitting and writes its Level. One that lost its seat meanwhile is kept all the same,
 * as extra overlap. An image flagged as broken leaves the grid without a Level, for a researcher.
 */
export async function submitSitting(ctx: MemberContext, submission: SubmitSitting): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { sitting, seat } = await lockSitting(tx, ctx, submission.sittingId);
    if (sitting.state === "submitted") return;
    refuseFinished(sitting.state);
    const cells = await readCells(tx, sitting);
    const open = openPositions(cells);
    if (open.length > 0) throw new AppError("INVALID", sayOpen(open));

    await completeSitting(tx, submission);
    await writeLevel(tx, sitting, cells);
    if (seat) await completeSeat(tx, seat);
    await notifyLive(tx, { projectId: sitting.projectId, topic: "grid", id: sitting.gridId });
    await wakeGrid(tx, sitting.gridId);
  });
}

function readCells(tx: Tx, sitting: Sitting): Promise<RatedCell[]> {
  return tx
    .select({ position: gridImages.position, verdict: verdicts.verdict })
    .from(gridImages)
    .leftJoin(
      verdicts,
      and(eq(verdicts.imageId, gridImages.imageId), eq(verdicts.sittingId, sitting.id)),
    )
    .where(eq(gridImages.gridId, sitting.gridId));
}

async function completeSitting(tx: Tx, submission: SubmitSitting) {
  const { guidelineVersion, paintedAt, firstActionAt, activeMs } = submission;
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
    })
    .where(eq(sittings.id, submission.sittingId));
}

async function writeLevel(tx: Tx, sitting: Sitting, cells: readonly RatedCell[]) {
  const correct = cells.filter((cell) => cell.verdict === "correct").length;
  const rated = correct + cells.filter((cell) => cell.verdict === "incorrect").length;
  if (rated !== IMAGES_PER_GRID) return;
  const [rater] = await tx
    .select({ isSimulated: accounts.isSimulated })
    .from(accounts)
    .where(eq(accounts.id, sitting.raterId));
  await tx.insert(levels).values({
    projectId: sitting.projectId,
    gridId: sitting.gridId,
    sittingId: sitting.id,
    source: rater?.isSimulated ? "simulated" : "rater",
    ruleVersion: LEVEL_RULE_VERSION,
    mode: "full",
    correct,
    rated,
    level: levelOf(correct),
    ...wilsonInterval(correct, rated),
  });
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
