import type { Coefficient } from "@/server/agreement/domain/coefficient";
import type { Ranked, Weights } from "./prepared";

/**
 * The chance that an image that is so has a higher score than one that is not, ties counted half: the area under the ROC curve, as
 * Hanley, J. A. and McNeil, B. J. (1982), Radiology 143, 29-36, show. `isSo[at]` is 1 or 0.
 */
export function auc(scores: Ranked, isSo: ArrayLike<number>, weights: Weights): Coefficient {
  const so = new Float64Array(scores.groups);
  const not = new Float64Array(scores.groups);
  for (let at = 0; at < scores.groupOf.length; at += 1) {
    const group = scores.groupOf[at] ?? 0;
    const side = isSo[at] ? so : not;
    side[group] = (side[group] ?? 0) + (weights[at] ?? 0);
  }
  let [above, allSo, allNot] = [0, 0, 0];
  for (let group = 0; group < scores.groups; group += 1) {
    const [these, those] = [so[group] ?? 0, not[group] ?? 0];
    above += these * (allNot + those / 2);
    allSo += these;
    allNot += those;
  }
  if (allSo + allNot === 0) return "no overlap";
  return allSo > 0 && allNot > 0 ? above / (allSo * allNot) : "no variation";
}
