import type { Coefficient } from "@/server/agreement/domain/coefficient";
import { pearson } from "./pearson";
import { type Ranked, type Weights, weightOfGroups } from "./prepared";

/** Spearman, C. (1904), The proof and measurement of association between two things: the correlation of mean ranks. */
export const spearman = (x: Ranked, y: Ranked, weights: Weights): Coefficient =>
  pearson(meanRanks(x, weights), meanRanks(y, weights), weights);

/** Those that share a value share the mean of the places that they take together. */
function meanRanks(ranked: Ranked, weights: Weights): Float64Array {
  const ranks = weightOfGroups(ranked, weights);
  let below = 0;
  for (let group = 0; group < ranks.length; group += 1) {
    const here = ranks[group] ?? 0;
    ranks[group] = below + (here + 1) / 2;
    below += here;
  }
  return Float64Array.from(ranked.groupOf, (group) => ranks[group] ?? 0);
}
