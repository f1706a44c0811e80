import type { PhaseState } from "@/db/enums";

/** Phase 4 is not offered yet, and phase 3 has been opened: phases come in their order. */
export function isMergeNext(states: Partial<Record<number, PhaseState>>): boolean {
  return states[4] === "closed" && (states[3] === "open" || states[3] === "paused");
}
