import { wilsonInterval } from "@/server/rating/domain/level";

// One-sided: with 90 % confidence the true share is not above the upper limit.
const Z_90_ONE_SIDED = 1.281552;

export type Novelty = { fresh: number; judged: number; share: number; atMost: number };

/** The share of new ones among a batch's judged proposals with Wilson's one-sided 90 % upper limit; null for none. */
export function noveltyOf(fresh: number, judged: number): Novelty | null {
  if (judged === 0) return null;
  const { high } = wilsonInterval(fresh, judged, Z_90_ONE_SIDED);
  return { fresh, judged, share: fresh / judged, atMost: high };
}
