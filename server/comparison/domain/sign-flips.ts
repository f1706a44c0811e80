import { seededDraws } from "@/server/mining/domain/random";

export type FlipSettings = { draws: number; seed: number };
export type FlipResult = {
  /** Chance of a sum at least as far from zero, when each sign is a fair coin. */
  twoSided: number;
  /** Of one at least as large. */
  upper: number;
  /** null: all sign patterns were counted and no chance was involved. */
  sampled: FlipSettings | null;
};

// Additions that all sign patterns may cost; further ones would hold up whoever waits beside.
const MOST_STEPS = 4e7;

/**
 * The permutation test of paired differences (Fisher 1935, The Design of Experiments, section 21): under the null
 * hypothesis each difference might as well have the other sign. `terms` are whole numbers. All 2^n patterns are counted
 * sum by sum; where that is too much, `draws` of them are drawn by `seededDraws`, whose k-th number is a function of seed and
 * k alone, and 1 is added above and below, since what was observed is a pattern too (Phipson and Smyth 2010).
 */
export function signFlips(terms: readonly number[], settings: FlipSettings): FlipResult {
  const sizes = terms.map(Math.abs).filter((size) => size > 0);
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  const observed = terms.reduce((sum, term) => sum + term, 0);
  return sizes.length * whole <= MOST_STEPS
    ? countAll(sizes, whole, observed)
    : drawSome(sizes, whole, observed, settings);
}

/** `chance[p]`: of the positive ones making p; the sum is then p - (whole - p). */
function countAll(sizes: readonly number[], whole: number, observed: number): FlipResult {
  const chance = new Float64Array(whole + 1);
  chance[0] = 1;
  let reached = 0;
  for (const size of sizes) {
    reached += size;
    for (let at = reached; at >= 0; at -= 1) {
      chance[at] = ((chance[at] ?? 0) + (at >= size ? (chance[at - size] ?? 0) : 0)) / 2;
    }
  }
  let upper = 0;
  let twoSided = 0;
  chance.forEach((share, positive) => {
    const sum = 2 * positive - whole;
    if (sum >= observed) upper += share;
    if (Math.abs(sum) >= Math.abs(observed)) twoSided += share;
  });
  return { twoSided: Math.min(1, twoSided), upper: Math.min(1, upper), sampled: null };
}

function drawSome(
  sizes: readonly number[],
  whole: number,
  observed: number,
  settings: FlipSettings,
): FlipResult {
  const draw = seededDraws(settings.seed);
  let upper = 1;
  let twoSided = 1;
  for (let pattern = 0; pattern < settings.draws; pattern += 1) {
    let positive = 0;
    for (const size of sizes) if (draw() < 0.5) positive += size;
    const sum = 2 * positive - whole;
    if (sum >= observed) upper += 1;
    if (Math.abs(sum) >= Math.abs(observed)) twoSided += 1;
  }
  const patterns = settings.draws + 1;
  return { twoSided: twoSided / patterns, upper: upper / patterns, sampled: settings };
}
