import { eq, sql } from "drizzle-orm";
import { scoreTasks } from "@/db/schema";
import { LEASE_SECONDS } from "@/server/generation/lease-renders";
import { notifyLive } from "@/server/live/live";
import type { BridgeContext } from "@/server/trpc/context";
import { FREE, isHeld, lockHeldTask } from "./held-task";
import type { HeldScores } from "./schemas";

/** `held: false` tells the bridge to stop: cancelled, or taken over by another. */
export async function renewScores(
  { db, bridge }: BridgeContext,
  held: HeldScores,
): Promise<{ held: boolean }> {
  const renewed = await db
    .update(scoreTasks)
    .set({ leasedUntil: sql`now() + ${LEASE_SECONDS} * interval '1 second'` })
    .where(isHeld(bridge.id, held))
    .returning({ id: scoreTasks.id });
  return { held: renewed.length === 1 };
}

/** A bridge that stops hands its work to the next one at once; that is no failure. */
export async function giveBackScores(
  { db, bridge }: BridgeContext,
  held: HeldScores,
): Promise<void> {
  await db.transaction(async (tx) => {
    const task = await lockHeldTask(tx, bridge.id, held);
    await tx
      .update(scoreTasks)
      .set({ ...FREE, state: "queued", attempt: task.attempt + 1 })
      .where(eq(scoreTasks.id, task.id));
    await notifyLive(tx, { projectId: task.projectId, topic: "score", id: task.scoringId });
  });
}
