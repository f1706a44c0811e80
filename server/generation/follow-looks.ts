import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { quickLooks } from "@/db/schema";
import { notifyLive } from "@/server/live/live";

type Stop = { state: "failed" | "cancelled"; reason: string };

/** The renders will not be drawn: quick looks that waited for them say why. */
export async function stopLooks(
  tx: Tx,
  renderIds: readonly string[],
  { state, reason }: Stop,
): Promise<void> {
  if (renderIds.length === 0) return;
  const stopped = await tx
    .update(quickLooks)
    .set({ state, reason })
    .where(and(inArray(quickLooks.renderId, [...renderIds]), eq(quickLooks.state, "drawing")))
    .returning({ id: quickLooks.id, projectId: quickLooks.projectId });
  for (const look of stopped) await notifyLive(tx, { ...look, topic: "look" });
}

/** The renders are queued again, and so are the looks at them. */
export async function redrawLooks(tx: Tx, renderIds: readonly string[]): Promise<void> {
  if (renderIds.length === 0) return;
  await tx
    .update(quickLooks)
    .set({ state: "drawing", reason: null })
    .where(
      and(
        inArray(quickLooks.renderId, [...renderIds]),
        inArray(quickLooks.state, ["failed", "cancelled"]),
      ),
    );
}
