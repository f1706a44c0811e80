import { type Estimate, estimates } from "@/server/agreement/domain/estimate";
import type { Level } from "@/server/rating/domain/level";
import { levelTable } from "./level-counts";
import { type Mcnemar, mcnemar } from "./mcnemar";
import { type SignedRanks, signedRanks } from "./signed-ranks";

export type PairedLevels = { first: Level; second: Level };
export type ComparedLevels = {
  pairs: number;
  table: number[][];
  /** Pairs at Level 5. */
  five: { first: number; second: number };
  /** Share at Level 5 with the second less that with the first, resampled over pairs. */
  fiveDifference: Estimate;
  mcnemar: Mcnemar;
  /** Of the second against the first: a lower Level is better. */
  better: number;
  same: number;
  worse: number;
  /** Level with the first less that with the second: what the second gains, in Levels. */
  levelsGained: Estimate;
  signedRanks: SignedRanks;
};

// Always the same draws: who comes back to the page, or reckons elsewhere, finds the same figures.
export const RESAMPLES = { draws: 1000, seed: 1 } as const;
export const FLIPS = { draws: 10_000, seed: 1 } as const;

/** Two generators on the same pairs, both drawn with the same prompts and seeds. */
export function compareLevels(pairs: readonly PairedLevels[]): ComparedLevels {
  const isFive = (level: Level) => Number(level === 5);
  const gains = pairs.map(({ first, second }) => first - second);
  const count = (isSo: (pair: PairedLevels) => boolean) => pairs.filter(isSo).length;
  const rows = pairs.map(({ first, second }) =>
    Float64Array.of(isFive(second) - isFive(first), first - second),
  );
  const { five, gained } = estimates(
    rows,
    {
      five: (sums, units) => (sums[0] ?? 0) / units,
      gained: (sums, units) => (sums[1] ?? 0) / units,
    },
    RESAMPLES,
  );
  return {
    pairs: pairs.length,
    table: levelTable(pairs),
    five: {
      first: count(({ first }) => first === 5),
      second: count(({ second }) => second === 5),
    },
    fiveDifference: five,
    mcnemar: mcnemar(
      count(({ first, second }) => first === 5 && second !== 5),
      count(({ first, second }) => first !== 5 && second === 5),
    ),
    better: gains.filter((gain) => gain > 0).length,
    same: gains.filter((gain) => gain === 0).length,
    worse: gains.filter((gain) => gain < 0).length,
    levelsGained: gained,
    signedRanks: signedRanks(gains, FLIPS),
  };
}
