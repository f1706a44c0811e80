import type { RatingMode } from "@/db/enums";

// Before a rater has finished a first grid of the mode.
const UNKNOWN_MS: Record<RatingMode, number> = { full: 120_000, screen: 40_000 };
const LEAST_MS = 20_000;

/** What one more grid will probably take: the median of the last ones, at least 20 s. */
export function typicalMs(activeMs: readonly number[], mode: RatingMode): number {
  const sorted = activeMs.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) return UNKNOWN_MS[mode];
  return Math.max(LEAST_MS, Math.round((lower + upper) / 2));
}
