import { aboveChance, type Coefficient } from "./coefficient";
import { rawAgreement } from "./raw-agreement";
import { ratingsOf, type UnitCounts } from "./unit-counts";

export type FleissKappa = {
  /** Mean share of agreeing rater pairs, P-bar; null where the design is incomplete. */
  observed: number | null;
  /** Agreement by chance, P_e. */
  expected: number | null;
  kappa: Coefficient | "incomplete";
};

/**
 * kappa = (P-bar - P_e) / (1 - P_e), with P_e the sum of squared category shares. Fleiss, J. L. (1971), Measuring
 * nominal scale agreement among many raters, Psychological Bulletin 76, 378-382. Needs as many ratings on every
 * unit as on the others: `incomplete` otherwise, and alpha is the figure to read.
 */
export function fleissKappa(units: readonly UnitCounts[]): FleissKappa {
  const observed = rawAgreement(units);
  if (typeof observed !== "number") return { observed: null, expected: null, kappa: observed };
  const ratings = new Set(units.map(ratingsOf));
  if (ratings.size > 1) return { observed: null, expected: null, kappa: "incomplete" };
  const total = units.reduce((sum, unit) => sum + ratingsOf(unit), 0);
  const shares = (units[0] ?? []).map(
    (_, category) => units.reduce((sum, unit) => sum + (unit[category] ?? 0), 0) / total,
  );
  return { observed, expected: expectedBy(shares), kappa: fleissFrom(observed, shares) };
}

/** The same from its two ingredients, for designs known to be complete. */
export const fleissFrom = (observed: number, shares: readonly number[]): Coefficient =>
  aboveChance(observed, expectedBy(shares));

const expectedBy = (shares: readonly number[]) =>
  shares.reduce((sum, share) => sum + share ** 2, 0);
