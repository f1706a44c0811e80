import type { LlmFailure } from "./client";

export const MAX_SENDS = 4;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 120_000;

/** How long to wait before sending again; null when a person has to look. `sends` counts from 1. */
export function retryPlan(
  failure: Pick<LlmFailure, "kind" | "retryAfterMs">,
  sends: number,
  jitter: number,
): number | null {
  if (failure.kind === "rejected" || sends >= MAX_SENDS) return null;
  const backoff = FIRST_WAIT_MS * 4 ** (sends - 1) * (0.5 + jitter);
  if (failure.retryAfterMs === null) return Math.min(backoff, LONGEST_WAIT_MS);
  // A server that asks for an hour is better told to the person now.
  return failure.retryAfterMs > LONGEST_WAIT_MS ? null : failure.retryAfterMs;
}
