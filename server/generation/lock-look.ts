import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Pair, quickLooks } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { wake } from "@/server/loop/wake";
import { lockPair } from "@/server/mining/lock-pair";

export type Look = typeof quickLooks.$inferSelect;

/** Locks the pair first, then the look: the order of everybody who changes both. */
export async function lockLook(
  tx: Tx,
  { projectId, lookId }: { projectId: string; lookId: string },
): Promise<{ look: Look; pair: Pair | null }> {
  const isThis = and(eq(quickLooks.id, lookId), eq(quickLooks.projectId, projectId));
  const [found] = await tx.select({ pairId: quickLooks.pairId }).from(quickLooks).where(isThis);
  if (!found) throw new AppError("NOT_FOUND", "No such look in this project.");
  const pair = found.pairId ? await lockPair(tx, { projectId, pairId: found.pairId }) : null;
  const [look] = await tx.select().from(quickLooks).where(isThis).for("update");
  if (!look) throw new Error("A look was removed");
  return { look, pair };
}

/** The pair has moved: screens hear of it, and its pattern may go on. */
export async function tellOfPair(tx: Tx, { id, projectId, patternId }: Pair): Promise<void> {
  await notifyLive(tx, { projectId, topic: "pair", id });
  await wake(tx, patternId);
}
