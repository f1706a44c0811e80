import type { Coefficient } from "./coefficient";
import { type Confusion, sharesOf } from "./cohen-kappa";

export type Weights = "linear" | "quadratic";

/**
 * 1 - sum of w_ij p_ij over sum of w_ij p_i. p_.j, with w the distance of two categories as a share of the longest
 * one, or its square. Cohen, J. (1968), Weighted kappa: nominal scale agreement with provision for scaled
 * disagreement or partial credit, Psychological Bulletin 70, 213-220.
 */
export function weightedKappa(confusion: Confusion, weights: Weights): Coefficient {
  const { total, shares, rows, columns } = sharesOf(confusion);
  if (total === 0) return "no overlap";
  const longest = confusion.length - 1;
  let observed = 0;
  let expected = 0;
  for (const [i, row] of shares.entries()) {
    for (const [j, share] of row.entries()) {
      const distance = Math.abs(i - j) / longest;
      const weight = weights === "linear" ? distance : distance ** 2;
      observed += weight * share;
      expected += weight * (rows[i] ?? 0) * (columns[j] ?? 0);
    }
  }
  return expected < 1e-12 ? "no variation" : 1 - observed / expected;
}
