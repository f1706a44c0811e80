import { and, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { type ScoreTask, scoreTasks } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { HeldScores } from "./schemas";

/** True of the task while this bridge holds it. */
export const isHeld = (bridgeId: string, { taskId, leaseToken }: HeldScores) =>
  and(
    eq(scoreTasks.id, taskId),
    eq(scoreTasks.state, "leased"),
    eq(scoreTasks.leaseToken, leaseToken),
    eq(scoreTasks.leasedBy, bridgeId),
  );

/** Locks the task if this bridge still holds it. A bridge that slept past its lease is refused. */
export async function lockHeldTask(
  tx: DbOrTx,
  bridgeId: string,
  held: HeldScores,
): Promise<ScoreTask> {
  const [task] = await tx.select().from(scoreTasks).where(isHeld(bridgeId, held)).for("update");
  if (!task)
    throw new AppError("CONFLICT", "This lease is over; the images are not yours any more.");
  return task;
}

/** What a task has that nobody holds. */
export const FREE = { leaseToken: null, leasedBy: null, leasedUntil: null } as const;
