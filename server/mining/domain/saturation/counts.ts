/** How often keys came back from one proposer of one pattern. */
export type RepeatCounts = {
  /** Proposals that could be judged, repeats included. */
  proposals: number;
  distinct: number;
  once: number;
  twice: number;
};

export const NO_REPEATS: RepeatCounts = { proposals: 0, distinct: 0, once: 0, twice: 0 };

/** The counts after one key went from `before` times to `after` times. */
export function countKey(counts: RepeatCounts, before: number, after: number): RepeatCounts {
  const change = (times: number) => Number(after === times) - Number(before === times);
  return {
    proposals: counts.proposals + after - before,
    distinct: counts.distinct + Number(after > 0) - Number(before > 0),
    once: counts.once + change(1),
    twice: counts.twice + change(2),
  };
}

/** Good-Turing (Good 1953): the chance that the next proposal is one it never made. Null before the first. */
export const chanceOfNew = ({ proposals, once }: RepeatCounts): number | null =>
  proposals === 0 ? null : once / proposals;

/**
 * Chao1 (Chao 1984): how many keys the proposer has not named yet, at least. Without any key named twice the
 * bias-corrected form of Chao 2005 stands in, f1 (f1 - 1) / 2.
 */
export function unseenKeys({ once, twice }: RepeatCounts): number {
  return twice === 0 ? (once * (once - 1)) / 2 : once ** 2 / (2 * twice);
}

/** Chao1 itself: the keys seen and those not named yet. */
export const knownKeys = (counts: RepeatCounts): number => counts.distinct + unseenKeys(counts);
