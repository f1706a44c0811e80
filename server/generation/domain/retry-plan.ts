import type { AttemptFailure } from "@/db/enums";

export const MAX_FAILURES = 5;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 120_000;

export type RetryPlan =
  | { retry: true; afterMs: number; failures: number }
  | { retry: false; failures: number };

/** How often spare seeds are drawn where a filter takes images: a prompt that it dislikes would cost without an end. */
export const MOST_SPARES = 3;

/** After a filter took images `before` times; null: no spare seed can stand in. */
export const sparePlan = (before: number | null, failures: number): RetryPlan =>
  before !== null && before < MOST_SPARES
    ? { retry: true, afterMs: 0, failures }
    : { retry: false, failures };

/** Filtered images end no attempt: the answer was good otherwise. */
export type EndingFailure = Exclude<AttemptFailure, "filtered">;

/** What happens after an attempt failed. `random` is in [0, 1): the jitter that spreads retries. */
export function retryPlan(kind: EndingFailure, failuresBefore: number, random: number): RetryPlan {
  if (kind === "busy") {
    return { retry: true, afterMs: jittered(FIRST_WAIT_MS, random), failures: failuresBefore };
  }
  const failures = failuresBefore + 1;
  const isForGood = kind === "permanent" || kind === "outdated";
  if (isForGood || failures >= MAX_FAILURES) return { retry: false, failures };
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
  return { retry: true, afterMs: jittered(waitMs, random), failures };
}

/** Between a half and the whole of the wait, so that a crowd of retries spreads out. */
const jittered = (waitMs: number, random: number) => Math.round(waitMs * (0.5 + random / 2));
