import { and, eq, isNull, or } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { pairs } from "@/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { notifyLive } from "@/server/live/live";

/** Queues the writing of a pair's five prompts, unless they are being or have been written. */
export async function askForPrompts(
  tx: Tx,
  { projectId, pairId }: { projectId: string; pairId: string },
): Promise<boolean> {
  const isOpen = or(
    isNull(pairs.promptsState),
    eq(pairs.promptsState, "waiting"),
    eq(pairs.promptsState, "cancelled"),
  );
  const queued = await tx
    .update(pairs)
    .set({ promptsState: "queued", promptsReason: null })
    .where(
      and(
        eq(pairs.id, pairId),
        eq(pairs.projectId, projectId),
        eq(pairs.state, "accepted"),
        isOpen,
      ),
    )
    .returning({ id: pairs.id });
  if (queued.length === 0) return false;
  await enqueue(tx, "mining.writePrompts", { pairId });
  await notifyLive(tx, { projectId, topic: "pair", id: pairId });
  return true;
}
