import type { Tx } from "@/db/client";
import { AppError } from "@/server/core/errors";
import { lockPhase } from "./lock-phase";

/**
 * Phases 3 and 4 do nothing before a person has opened them; a paused one still does what a person asks
 * for. Whoever asks holds the phase, so that two presses at once are one question.
 */
export async function requireOpenPhase(
  tx: Tx,
  { projectId, number }: { projectId: string; number: 3 | 4 },
): Promise<void> {
  const { state } = await lockPhase(tx, projectId, number);
  if (state === "open" || state === "paused") return;
  throw new AppError(
    "CONFLICT",
    `Phase ${number} is not open yet. Open it on the project's board first.`,
  );
}
