import { type FlipSettings, signFlips } from "./sign-flips";

export type SignedRanks = {
  /** The sums of the ranks of positive and of negative differences. */
  positive: number;
  negative: number;
  /** The smaller of both. */
  w: number;
  /** null: no difference at all. */
  p: number | null;
  /** Of a positive sum at least so large. */
  upper: number | null;
  /** Matched-pairs rank-biserial correlation: (W+ - W-) / (W+ + W-), from -1 to 1. */
  rankBiserial: number | null;
  sampled: FlipSettings | null;
};

/**
 * Wilcoxon's signed ranks with zeros as Pratt (1959) has them: they take part in the ranking and are then left out. Levels are
 * always tied, so that no table fits: the null distribution is that of flipped signs on these very ranks.
 */
export function signedRanks(differences: readonly number[], settings: FlipSettings): SignedRanks {
  // Ranks of ties end in .5: doubled, all of them are whole numbers.
  const doubled = doubledRanks(differences.map(Math.abs));
  const terms = differences.map((difference, at) => Math.sign(difference) * (doubled[at] ?? 0));
  const sumOf = (sign: 1 | -1) =>
    terms.reduce((sum, term) => sum + (Math.sign(term) === sign ? Math.abs(term) : 0), 0) / 2;
  const positive = sumOf(1);
  const negative = sumOf(-1);
  const w = Math.min(positive, negative);
  if (positive + negative === 0) {
    return { positive, negative, w, p: null, upper: null, rankBiserial: null, sampled: null };
  }
  const { twoSided, upper, sampled } = signFlips(terms, settings);
  const rankBiserial = (positive - negative) / (positive + negative);
  return { positive, negative, w, p: twoSided, upper, rankBiserial, sampled };
}

/** Twice the rank of each, from 1; equal ones share the middle of their places. */
function doubledRanks(values: readonly number[]): number[] {
  const ascending = values.toSorted((one, other) => one - other);
  const places = new Map<number, { first: number; last: number }>();
  for (const [at, value] of ascending.entries()) {
    places.set(value, { first: places.get(value)?.first ?? at + 1, last: at + 1 });
  }
  return values.map((value) => {
    const { first, last } = places.get(value) ?? { first: 0, last: 0 };
    return first + last;
  });
}
