import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { phases } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import { lockPhase } from "./lock-phase";

export type PhaseOffer = {
  projectId: string;
  number: 3 | 4;
  /** Why it would pay now, in a sentence. */
  reason: string;
  evidence: Record<string, unknown>;
};

/** The machine shows why a phase would pay; only a person opens it. One offered or opened before stays as it is. */
export async function offerPhase(
  tx: Tx,
  { projectId, number, reason, evidence }: PhaseOffer,
): Promise<void> {
  const phase = await lockPhase(tx, projectId, number);
  if (phase.state !== "closed") return;
  await tx.update(phases).set({ state: "offered", reason }).where(eq(phases.id, phase.id));
  await recordDecision(tx, {
    projectId,
    actorId: null,
    action: "phase.offer",
    subjectId: phase.id,
    payload: { number, reason, ...evidence },
  });
  await notifyLive(tx, { projectId, topic: "loop", id: phase.id });
}
