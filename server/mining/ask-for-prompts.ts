import { and, eq, isNull, or } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { pairs, patterns } from "@/db/schema";
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
    .set({ promptsState: "queued", promptsReason: null, promptsHeldBy: null })
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

/** After a pair was accepted: its prompts are written, unless its pattern runs by itself and asks before that. */
export async function promptsFollow(
  tx: Tx,
  { projectId, pairId }: { projectId: string; pairId: string },
): Promise<void> {
  const [pattern] = await tx
    .select({ id: patterns.id, isAuto: patterns.isAuto, askSteps: patterns.askSteps })
    .from(pairs)
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .where(and(eq(pairs.id, pairId), eq(pairs.projectId, projectId)));
  if (!pattern?.isAuto || !pattern.askSteps.includes("prompts"))
    await askForPrompts(tx, { projectId, pairId });
}
