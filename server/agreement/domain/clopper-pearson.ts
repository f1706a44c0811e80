import { inverseBeta } from "./incomplete-beta";

/**
 * The exact interval of a share: its ends leave half of what is left of `confidence` on either side of a binomial.
 * Clopper, C. J. and Pearson, E. S. (1934), The use of confidence or fiducial limits illustrated in the case of
 * the binomial, Biometrika 26, 404-413; as quantiles of the beta distribution.
 */
export function clopperPearson(
  count: number,
  total: number,
  confidence = 0.95,
): { low: number; high: number } {
  const tail = (1 - confidence) / 2;
  return {
    low: count === 0 ? 0 : inverseBeta(tail, count, total - count + 1),
    high: count === total ? 1 : inverseBeta(1 - tail, count + 1, total - count),
  };
}

/** One-sided: none of `total` was found, and the true share is below this with the confidence given. */
export const noneOfAtMost = (total: number, confidence = 0.95): number =>
  total === 0 ? 1 : 1 - (1 - confidence) ** (1 / total);
