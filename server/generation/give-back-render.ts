import { eq, sql } from "drizzle-orm";
import { renderAttempts, renders } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import type { BridgeContext } from "@/server/trpc/context";
import { lockHeldRender } from "./held-render";
import type { HeldRender } from "./schemas";

/** A bridge that stops hands its work to the next one at once; that is no failure. */
export async function giveBackRender(
  { db, bridge }: BridgeContext,
  held: HeldRender,
): Promise<void> {
  await db.transaction(async (tx) => {
    const render = await lockHeldRender(tx, bridge.id, held);
    await tx.insert(renderAttempts).values({
      renderId: render.id,
      attempt: render.attempt,
      bridgeId: bridge.id,
      outcome: "cancelled",
      reason: "The bridge was stopped",
    });
    await tx
      .update(renders)
      .set({
        state: "queued",
        attempt: sql`${renders.attempt} + 1`,
        leaseToken: null,
        leasedBy: null,
        leasedUntil: null,
      })
      .where(eq(renders.id, render.id));
    await notifyLive(tx, { projectId: render.projectId, topic: "render", id: render.id });
  });
}
