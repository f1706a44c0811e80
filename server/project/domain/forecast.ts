import { type ArmCounts, posteriorOf, priorOf } from "@/server/mining/domain/allocation/beta-prior";

export type ForecastPattern = ArmCounts & {
  /** Accepted pairs on their way to a Level. */
  waits: number;
};

export type Forecast = {
  /** Pairs at Level 5 that an hour of rating brings. */
  perHour: number;
  /** Of the pairs that wait, and how many of them that makes at Level 5. */
  waits: number;
  expected: number;
  minutesPerGrid: number;
  /** What the minutes are the mean of. */
  grids: number;
};

/** With fewer timed grids the minutes would be one person's warming up. */
export const FEWEST_GRIDS = 5;
// An hour is not told from the seconds in which somebody tried the keys.
export const FEWEST_MINUTES = 2;
const MINUTES_PER_HOUR = 60;

/**
 * What rating brings from now on. Each waiting pair is at Level 5 with the posterior mean of its pattern
 * (server/mining/domain/allocation/beta-prior.ts), so that a pattern with three lucky pairs is drawn towards
 * the others; their mean over all that wait, times the grids that fit into an hour. Where nothing waits, all
 * patterns count alike. Null before the times of enough grids are known.
 */
export function forecast(
  patterns: readonly ForecastPattern[],
  times: { grids: number; minutes: number },
): Forecast | null {
  if (times.grids < FEWEST_GRIDS || times.minutes < FEWEST_MINUTES) return null;
  if (patterns.length === 0) return null;
  const prior = priorOf(patterns);
  const chances = patterns.map((pattern) => {
    const { a, b } = posteriorOf(prior, pattern);
    return { waits: pattern.waits, chance: a / (a + b) };
  });
  const waits = chances.reduce((sum, pattern) => sum + pattern.waits, 0);
  const expected = chances.reduce((sum, { waits: some, chance }) => sum + some * chance, 0);
  const meanOfAll = chances.reduce((sum, { chance }) => sum + chance, 0) / chances.length;
  const chance = waits > 0 ? expected / waits : meanOfAll;
  const minutesPerGrid = times.minutes / times.grids;
  return {
    perHour: (chance * MINUTES_PER_HOUR) / minutesPerGrid,
    waits,
    expected,
    minutesPerGrid,
    grids: times.grids,
  };
}
