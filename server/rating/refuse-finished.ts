import type { SittingState } from "@/db/enums";
import { AppError } from "@/server/core/errors";

export function refuseFinished(state: SittingState): void {
  if (state === "submitted") {
    throw new AppError(
      "CONFLICT",
      "This grid is submitted. Take the submission back to change it.",
    );
  }
  if (state === "cannot_judge") {
    throw new AppError(
      "CONFLICT",
      "You said that you cannot judge this grid; it went to someone else.",
    );
  }
}
