import type { Judgement, Step } from "./grid-state";
import { isSameJudgement } from "./two-versions";

const OPEN: Judgement = { verdict: null, detail: {} };

/**
 * What undo takes back of a grid that is laid anew: the steps that were kept, as far as they lead to what stands
 * there, and below them, in the order shown, each verdict that none of them explains.
 */
export function recallSteps(cells: readonly Judgement[], kept: readonly Step[]): Step[] {
  const standing = cells.map(({ verdict, detail }): Judgement => ({ verdict, detail }));
  const backwards = kept.toReversed().map((step) =>
    step.filter(({ index, before, after }) => {
      const now = standing[index];
      if (!now || !isSameJudgement(now, after)) return false;
      standing[index] = before;
      return true;
    }),
  );
  const unexplained = standing.flatMap((after, index) =>
    after.verdict === null ? [] : [[{ index, before: OPEN, after }]],
  );
  return [...unexplained, ...backwards.filter((step) => step.length > 0).toReversed()];
}
