import type { BridgeContext } from "@/server/trpc/context";
import { endTask } from "./end-task";
import { lockHeldTask } from "./held-task";
import type { FailTask } from "./schemas";

/** The attempt ended without an answer; what follows is decided by the kind of failure alone. */
export async function failTask(
  { db, bridge }: BridgeContext,
  { kind, reason, ...held }: FailTask,
): Promise<void> {
  await db.transaction(async (tx) => {
    const task = await lockHeldTask(tx, bridge.id, held);
    await endTask(tx, task, { kind, reason, waits: true });
  });
}
