import { binomialHalf } from "./binomial-half";

export type Mcnemar = {
  /** Pairs that are so with the first only, and with the second only. */
  onlyFirst: number;
  onlySecond: number;
  /** null: no pair differs, and there is nothing to test. */
  exact: number | null;
  midP: number | null;
  chiSquare: number | null;
  /** With the continuity correction. */
  corrected: number | null;
};

/**
 * McNemar, Q. (1947), Note on the sampling error of the difference between correlated proportions, Psychometrika 12,
 * 153-157. Two-sided: twice the smaller tail of a fair binomial of the pairs that differ; `midP` takes half of the
 * observed point on either side (Lancaster 1961).
 */
export function mcnemar(onlyFirst: number, onlySecond: number): Mcnemar {
  const differ = onlyFirst + onlySecond;
  if (differ === 0) {
    return { onlyFirst, onlySecond, exact: null, midP: null, chiSquare: null, corrected: null };
  }
  const { atMost, point } = binomialHalf(Math.min(onlyFirst, onlySecond), differ);
  const gap = Math.abs(onlyFirst - onlySecond);
  return {
    onlyFirst,
    onlySecond,
    exact: Math.min(1, 2 * atMost),
    midP: Math.min(1, 2 * atMost - point),
    chiSquare: gap ** 2 / differ,
    corrected: Math.max(0, gap - 1) ** 2 / differ,
  };
}
