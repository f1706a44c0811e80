import type { Coefficient } from "@/server/agreement/domain/coefficient";
import { type Ranked, type Weights, weightOfGroups } from "./prepared";

/**
 * Tau-b of Kendall, M. G. (1945), The treatment of ties in ranking problems, Biometrika 33, 239-251; pairs are counted in
 * n log n (Knight 1966) with a tree of partial sums. `byX` is the order of the observations by x.
 */
export function kendall(
  x: Ranked,
  y: Ranked,
  byX: ArrayLike<number>,
  weights: Weights,
): Coefficient {
  const total = sumOf(weightOfGroups(x, weights), (count) => count);
  if (total < 2) return "no overlap";
  const all = pairsOf(total);
  const untiedX = all - sumOf(weightOfGroups(x, weights), pairsOf);
  const untiedY = all - sumOf(weightOfGroups(y, weights), pairsOf);
  if (untiedX <= 0 || untiedY <= 0) return "no variation";
  return agreeingLessDiffering(x, y, byX, weights) / Math.sqrt(untiedX * untiedY);
}

const pairsOf = (count: number) => (count * (count - 1)) / 2;
const sumOf = (values: Float64Array, of: (value: number) => number) =>
  values.reduce((sum, value) => sum + of(value), 0);

/** Pairs in the same order by both, less those in opposite orders; ties in either count for nothing. */
function agreeingLessDiffering(x: Ranked, y: Ranked, byX: ArrayLike<number>, weights: Weights) {
  const tree = new Float64Array(y.groups + 1);
  let [sum, added] = [0, 0];
  for (let start = 0; start < byX.length; ) {
    const group = x.groupOf[byX[start] ?? 0];
    let end = start;
    // All of one x are asked before any of them is counted: they are no pairs.
    for (; end < byX.length && x.groupOf[byX[end] ?? 0] === group; end += 1) {
      const at = byX[end] ?? 0;
      const weight = weights[at] ?? 0;
      if (weight === 0) continue;
      const place = y.groupOf[at] ?? 0;
      const [below, notAbove] = [upTo(tree, place), upTo(tree, place + 1)];
      sum += weight * (below - (added - notAbove));
    }
    for (; start < end; start += 1) {
      const at = byX[start] ?? 0;
      const weight = weights[at] ?? 0;
      if (weight === 0) continue;
      add(tree, (y.groupOf[at] ?? 0) + 1, weight);
      added += weight;
    }
  }
  return sum;
}

function upTo(tree: Float64Array, place: number): number {
  let sum = 0;
  for (let at = place; at > 0; at -= at & -at) sum += tree[at] ?? 0;
  return sum;
}

function add(tree: Float64Array, place: number, weight: number): void {
  for (let at = place; at < tree.length; at += at & -at) tree[at] = (tree[at] ?? 0) + weight;
}
