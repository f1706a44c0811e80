import { pairKey } from "@/server/mining/domain/pair-key";
import type { RatedPair } from "../types";

/** After each rated pair, the share of all true Level 5 pairs that were rated as Level 5; flat once nothing is left. */
export function discoveryCurve(
  rated: readonly RatedPair[],
  truth: ReadonlySet<string>,
  budget: number,
): number[] {
  let found = 0;
  return Array.from({ length: budget }, (_, at) => {
    const pair = rated[at];
    if (pair?.isLevel5 && truth.has(pairKey(pair.a, pair.b))) found += 1;
    return found / truth.size;
  });
}

/** The area under the curve as a share of the whole: the mean share found over the budget. */
export const areaUnder = (curve: readonly number[]): number =>
  curve.reduce((sum, share) => sum + share, 0) / curve.length;

/** The curve of one who knows every true Level 5 pair and rates nothing else first: no strategy passes it. */
export const oracleCurve = (truths: number, budget: number): number[] =>
  Array.from({ length: budget }, (_, at) => Math.min(1, (at + 1) / truths));
