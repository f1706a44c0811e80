import type { ProposePatternsAnswer, ProposePatternsInput } from "../exchanges/propose-patterns";
import { insertProposedPatterns } from "./insert-proposed-patterns";
import type { Recorder } from "./recorder";

/** New patterns of phase 3, each for a person to approve, merge, rename or reject. */
export const recordProposedPatterns: Recorder<ProposePatternsInput, ProposePatternsAnswer> = (
  tx,
  { inquiry: { projectId }, answer, exchangeId },
) => insertProposedPatterns(tx, { projectId, phase: 3, exchangeId }, answer.patterns);
