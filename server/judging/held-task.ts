import { and, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { type JudgeTask, judgeTasks } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { HeldTask } from "./schemas";

/** True of the task while this bridge holds it. */
export const isHeld = (bridgeId: string, { taskId, leaseToken }: HeldTask) =>
  and(
    eq(judgeTasks.id, taskId),
    eq(judgeTasks.state, "leased"),
    eq(judgeTasks.leaseToken, leaseToken),
    eq(judgeTasks.leasedBy, bridgeId),
  );

/** Locks the task if this bridge still holds it. A bridge that slept past its lease is refused. */
export async function lockHeldTask(
  tx: DbOrTx,
  bridgeId: string,
  held: HeldTask,
): Promise<JudgeTask> {
  const [task] = await tx.select().from(judgeTasks).where(isHeld(bridgeId, held)).for("update");
  if (!task)
    throw new AppError("CONFLICT", "This lease is over; the images are not yours any more.");
  return task;
}

/** What a task has that nobody holds. */
export const FREE = { leaseToken: null, leasedBy: null, leasedUntil: null } as const;
