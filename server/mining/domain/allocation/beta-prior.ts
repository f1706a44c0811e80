export type ArmCounts = {
  /** Pairs that have a Level, and those of them at Level 5 that are not trivial. */
  rated: number;
  found: number;
};
export type Beta = { a: number; b: number };

/** How many rated pairs the prior weighs: the middle of 4 to 8, so the floor of 10 outweighs it. */
export const PRIOR_STRENGTH = 6;

/**
 * The share that all arms together found, with one imagined find and one imagined miss, so that it is never 0
 * or 1. Every arm starts from it: an arm without a rated pair is thought to be like the others.
 */
export function priorOf(arms: readonly ArmCounts[]): Beta {
  const rated = arms.reduce((sum, arm) => sum + arm.rated, 0);
  const found = arms.reduce((sum, arm) => sum + arm.found, 0);
  const mean = (found + 1) / (rated + 2);
  return { a: mean * PRIOR_STRENGTH, b: (1 - mean) * PRIOR_STRENGTH };
}

export const posteriorOf = ({ a, b }: Beta, { rated, found }: ArmCounts): Beta => ({
  a: a + found,
  b: b + rated - found,
});
