import type { Coefficient } from "./coefficient";
import { agreeingPairs, overlapping, type UnitCounts } from "./unit-counts";

/**
 * Share of rater pairs that agree, averaged over the units that two or more rated: the observed agreement of
 * Fleiss (1971) and Gwet (2008). Not corrected for chance: with 95 % "incorrect", two coins reach .9.
 */
export function rawAgreement(units: readonly UnitCounts[]): Coefficient {
  const rated = overlapping(units);
  if (rated.length === 0) return "no overlap";
  return rated.reduce((sum, unit) => sum + agreeingPairs(unit), 0) / rated.length;
}
