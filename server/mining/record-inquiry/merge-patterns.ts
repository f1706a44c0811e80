import type { MergePatternsAnswer, MergePatternsInput } from "../exchanges/merge-patterns";
import { insertProposedPatterns } from "./insert-proposed-patterns";
import type { Recorder } from "./recorder";

/** The two crossed patterns of phase 4, with their parents, for a person to approve. */
export const recordMergedPatterns: Recorder<MergePatternsInput, MergePatternsAnswer> = (
  tx,
  { inquiry: { projectId, patternId, otherPatternId }, answer, exchangeId },
) => {
  const parentIds = [patternId, otherPatternId].filter((id) => id !== null);
  return insertProposedPatterns(
    tx,
    { projectId, phase: 4, exchangeId, parentIds },
    answer.patterns,
  );
};
