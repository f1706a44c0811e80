import type { BridgeContext } from "@/server/trpc/context";
import { endAttempt } from "./end-attempt";
import { lockHeldRender } from "./held-render";
import type { FailRender } from "./schemas";

/** The attempt ended without images; what follows is decided by the kind of failure alone. */
export async function failRender(
  { db, bridge }: BridgeContext,
  { kind, reason, ...held }: FailRender,
): Promise<void> {
  await db.transaction(async (tx) => {
    const render = await lockHeldRender(tx, bridge.id, held);
    await endAttempt(tx, render, { outcome: "failed", kind, reason, waits: true });
  });
}
