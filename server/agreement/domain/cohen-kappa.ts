import { aboveChance, type Coefficient } from "./coefficient";

/** Counts of units by what the first rater said (rows) and the second one (columns), same categories in both. */
export type Confusion = readonly (readonly number[])[];

export type CohenKappa = {
  observed: number;
  expected: number;
  kappa: Coefficient;
  standardError: number | null;
  /** 95 %, as reckoned: it may pass 1. */
  interval: { low: number; high: number } | null;
};

const Z_95 = 1.959964;

/**
 * kappa = (p_o - p_e) / (1 - p_e). Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational
 * and Psychological Measurement 20, 37-46. Standard error for kappa other than 0: Fleiss, Cohen and Everitt (1969),
 * Large sample standard errors of kappa and weighted kappa, Psychological Bulletin 72, 323-327. It takes the units
 * as independent, which the images of a pair are not.
 */
export function cohenKappa(confusion: Confusion): CohenKappa {
  const { total, shares, rows, columns } = sharesOf(confusion);
  if (total === 0)
    return { observed: 0, expected: 0, kappa: "no overlap", standardError: null, interval: null };
  const observed = rows.reduce((sum, _, k) => sum + (shares[k]?.[k] ?? 0), 0);
  const expected = rows.reduce((sum, row, k) => sum + row * (columns[k] ?? 0), 0);
  const kappa = aboveChance(observed, expected);
  if (typeof kappa !== "number")
    return { observed, expected, kappa, standardError: null, interval: null };
  const standardError = Math.sqrt(Math.max(0, variance(kappa)) / total) / (1 - expected);
  const half = Z_95 * standardError;
  return {
    observed,
    expected,
    kappa,
    standardError,
    interval: { low: kappa - half, high: kappa + half },
  };

  function variance(value: number): number {
    let onDiagonal = 0;
    let beside = 0;
    for (const [i, row] of shares.entries()) {
      for (const [j, share] of row.entries()) {
        if (i === j)
          onDiagonal += share * (1 - ((rows[i] ?? 0) + (columns[i] ?? 0)) * (1 - value)) ** 2;
        else beside += share * ((columns[i] ?? 0) + (rows[j] ?? 0)) ** 2;
      }
    }
    return onDiagonal + (1 - value) ** 2 * beside - (value - expected * (1 - value)) ** 2;
  }
}

/** No kappa lies outside of -1 to 1; its interval is shown cut to that. */
export const clipped = ({ low, high }: { low: number; high: number }) => ({
  low: Math.max(-1, low),
  high: Math.min(1, high),
});

/** Cells as shares of all units, with the margins of both raters. */
export function sharesOf(confusion: Confusion) {
  const total = confusion.flat().reduce((sum, count) => sum + count, 0);
  const shares = confusion.map((row) => row.map((count) => count / total));
  return {
    total,
    shares,
    rows: shares.map((row) => row.reduce((sum, share) => sum + share, 0)),
    columns: shares.map((_, k) => shares.reduce((sum, row) => sum + (row[k] ?? 0), 0)),
  };
}
