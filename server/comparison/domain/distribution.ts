import { type Level, wilsonInterval } from "@/server/rating/domain/level";
import { levelCounts } from "./level-counts";

export type Distribution = {
  rated: number;
  /** Pairs at Levels 1 to 5. */
  counts: number[];
  /** Share at Level 5 with its interval of 95 % (Wilson), over pairs; null: none is rated. */
  five: { share: number; low: number; high: number } | null;
  meanLevel: number | null;
};

export function distributionOf(levels: readonly Level[]): Distribution {
  const counts = levelCounts(levels);
  const rated = levels.length;
  if (rated === 0) return { rated, counts, five: null, meanLevel: null };
  const five = counts[4] ?? 0;
  return {
    rated,
    counts,
    five: { share: five / rated, ...wilsonInterval(five, rated) },
    meanLevel: levels.reduce((sum, level) => sum + level, 0) / rated,
  };
}
