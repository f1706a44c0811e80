import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { RatingMode } from "@/db/enums";
import { grids, seats, waiting } from "@/db/schema";
import { endWait, type Wait, waitFor } from "@/server/loop/wait";
import { isRaterTimeUsedUp } from "./rater-time";

const stopOf = (projectId: string): Wait => ({ projectId, kind: "budget", budget: "rater_ms" });

/** A rater was refused: from now on a person is waited for, to raise the budget. */
export const beginRaterStop = (tx: Tx, projectId: string): Promise<void> =>
  waitFor(tx, stopOf(projectId), "The rater time is used up.");

/** A sitting was settled: with time left for another, or with nothing left to rate, the stop is over. */
export async function reviewRaterStop(
  tx: Tx,
  rater: { projectId: string; raterId: string; mode: RatingMode },
): Promise<void> {
  const { projectId } = rater;
  if (!(await isStopped(tx, projectId))) return;
  const isOver = !(await isRaterTimeUsedUp(tx, rater)) || !(await isAnySeatOpen(tx, projectId));
  if (isOver) await endWait(tx, stopOf(projectId));
}

async function isStopped(tx: Tx, projectId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: waiting.id })
    .from(waiting)
    .where(
      and(
        eq(waiting.projectId, projectId),
        eq(waiting.kind, "budget"),
        eq(waiting.budget, "rater_ms"),
        isNull(waiting.endedAt),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

async function isAnySeatOpen(tx: Tx, projectId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: seats.id })
    .from(seats)
    .innerJoin(grids, eq(grids.id, seats.gridId))
    .where(and(eq(seats.projectId, projectId), eq(grids.state, "open"), isNull(seats.completedAt)))
    .limit(1);
  return rows.length > 0;
}
