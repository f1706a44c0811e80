import type { BridgeContext } from "@/server/trpc/context";
import { endTask } from "./end-task";
import { lockHeldTask } from "./held-task";
import type { FailScores } from "./schemas";

/** The attempt ended without scores; what follows is decided by the kind of failure alone. */
export async function failScores(
  { db, bridge }: BridgeContext,
  { kind, reason, ...held }: FailScores,
): Promise<void> {
  await db.transaction(async (tx) => {
    const task = await lockHeldTask(tx, bridge.id, held);
    await endTask(tx, task, { kind, reason, waits: true });
  });
}
