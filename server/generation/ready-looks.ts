import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { pairs, quickLooks } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { wake } from "@/server/loop/wake";
import { recordDecision } from "@/server/project/record-decision";

/** What was drawn for a quick look waits for a person now. Doing it twice changes nothing. */
export async function readyLooks(tx: Tx, renderId: string): Promise<void> {
  const drawing = await tx
    .select({ id: quickLooks.id, projectId: quickLooks.projectId, pairId: quickLooks.pairId })
    .from(quickLooks)
    .where(and(eq(quickLooks.renderId, renderId), eq(quickLooks.state, "drawing")));
  for (const look of drawing) await readyLook(tx, look);
}

type Look = { id: string; projectId: string; pairId: string | null };

async function readyLook(tx: Tx, { id, projectId, pairId }: Look) {
  // The pair before the look, the order in which a judgement locks them too.
  const stages = pairId ? await showPair(tx, { projectId, pairId }) : [];
  const [ready] = await tx
    .update(quickLooks)
    .set({ state: "ready" })
    .where(and(eq(quickLooks.id, id), eq(quickLooks.state, "drawing")))
    .returning({ id: quickLooks.id });
  if (!ready) return;
  const payload = { pairId, stages };
  await recordDecision(tx, {
    projectId,
    actorId: null,
    action: "look.ready",
    subjectId: id,
    payload,
  });
  await notifyLive(tx, { projectId, topic: "look", id });
}

/** Also one that was set aside meanwhile keeps its place on the way; one that has gone on stays where it is. */
async function showPair(tx: Tx, { projectId, pairId }: { projectId: string; pairId: string }) {
  const [moved] = await tx
    .update(pairs)
    .set({ stage: "quick_look" })
    .where(and(eq(pairs.id, pairId), eq(pairs.projectId, projectId), eq(pairs.stage, "precheck")))
    .returning({ patternId: pairs.patternId });
  if (moved) await wake(tx, moved.patternId);
  return moved ? [{ pairId, from: "precheck", to: "quick_look" }] : [];
}
