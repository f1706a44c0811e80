import type { Tx } from "@/db/client";
import { decisions } from "@/db/schema";

export type Decision = {
  projectId: string;
  actorId: string | null;
  /** "project.create", "pattern.rename": what was chosen. */
  action: string;
  subjectId?: string;
  payload: Record<string, unknown>;
};

/** Adds to the log of choices that the loop can be replayed from. */
export async function recordDecision(tx: Tx, decision: Decision): Promise<void> {
  await tx.insert(decisions).values(decision);
}
