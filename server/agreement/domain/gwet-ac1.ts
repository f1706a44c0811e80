import { aboveChance, type Coefficient } from "./coefficient";
import { rawAgreement } from "./raw-agreement";
import { ratingsOf, type UnitCounts } from "./unit-counts";

/**
 * AC1 = (p_a - p_e) / (1 - p_e), with p_e = sum of pi_k (1 - pi_k) over q - 1, where pi_k is the mean share of
 * category k over all rated units. Gwet, K. L. (2008), Computing inter-rater reliability and its variance in the
 * presence of high agreement, British Journal of Mathematical and Statistical Psychology 61, 29-48. It stands
 * where alpha collapses: when nearly all verdicts are the same, as at Level 5.
 */
export function gwetAc1(units: readonly UnitCounts[]): Coefficient {
  const observed = rawAgreement(units);
  if (typeof observed !== "number") return observed;
  return ac1From(observed, meanShares(units));
}

/** The same from its two ingredients: the observed agreement and the mean share of each category. */
export function ac1From(observed: number, shares: readonly number[]): Coefficient {
  // One category alone: nothing varies, though the formula would say 1.
  if (shares.filter((share) => share > 0).length < 2) return "no variation";
  const expected =
    shares.reduce((sum, share) => sum + share * (1 - share), 0) / (shares.length - 1);
  return aboveChance(observed, expected);
}

function meanShares(units: readonly UnitCounts[]): number[] {
  const rated = units.filter((unit) => ratingsOf(unit) > 0);
  const categories = Math.max(0, ...rated.map((unit) => unit.length));
  return Array.from(
    { length: categories },
    (_, category) =>
      rated.reduce((sum, unit) => sum + (unit[category] ?? 0) / ratingsOf(unit), 0) / rated.length,
  );
}
