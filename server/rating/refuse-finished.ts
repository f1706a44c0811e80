import type { SittingState } from "@/db/enums";
import { AppError } from "@/server/core/errors";

export type FinishedState = "submitted" | "cannot_judge";

export function refuseFinished(state: SittingState): void {
  if (state === "submitted" || state === "cannot_judge") throw finishedSitting(state);
}

export const finishedSitting = (state: FinishedState): AppError =>
  new AppError(
    "CONFLICT",
    state === "submitted"
      ? "This grid is submitted. Take the submission back to change it."
      : "You said that you cannot judge this grid; it went to someone else.",
  );
