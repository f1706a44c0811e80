import { eq, sql } from "drizzle-orm";
import { judgeTasks } from "@/db/schema";
import { LEASE_SECONDS } from "@/server/generation/lease-renders";
import type { BridgeContext } from "@/server/trpc/context";
import { tellOf } from "./follow-task";
import { FREE, isHeld, lockHeldTask } from "./held-task";
import type { HeldTask } from "./schemas";

/** `held: false` tells the bridge to stop: cancelled, or taken over by another. */
export async function renewTask(
  { db, bridge }: BridgeContext,
  held: HeldTask,
): Promise<{ held: boolean }> {
  const renewed = await db
    .update(judgeTasks)
    .set({ leasedUntil: sql`now() + ${LEASE_SECONDS} * interval '1 second'` })
    .where(isHeld(bridge.id, held))
    .returning({ id: judgeTasks.id });
  return { held: renewed.length === 1 };
}

/** A bridge that stops hands its work to the next one at once; that is no failure. */
export async function giveBackTask({ db, bridge }: BridgeContext, held: HeldTask): Promise<void> {
  await db.transaction(async (tx) => {
    const task = await lockHeldTask(tx, bridge.id, held);
    await tx
      .update(judgeTasks)
      .set({ ...FREE, state: "queued", attempt: task.attempt + 1 })
      .where(eq(judgeTasks.id, task.id));
    await tellOf(tx, task);
  });
}
