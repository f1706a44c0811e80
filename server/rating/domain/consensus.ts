import type { Verdict } from "@/db/enums";
import { type Level, levelOf } from "./level";

/** Version 1: majority of the raters for each image, ties to adjudication, and an adjudicated verdict stands. */
export const CONSENSUS_RULE_VERSION = 1;

export type Decided = "correct" | "incorrect";
/** One image with what its raters said of it. A broken image was not judged by who could not see it. */
export type VotedImage = { votes: readonly Verdict[]; adjudicated: Decided | null };
export type FinalVerdict =
  | { verdict: Decided; from: "unanimous" | "majority" | "adjudicated" }
  | { verdict: null; from: "tie" | "broken" };

export type Consensus = {
  unanimous: number;
  majority: number;
  adjudicated: number;
  /** Images without a verdict: as many votes for as against, or nobody could see it. */
  open: number;
  correct: number;
  /** Null while an image is open. */
  level: Level | null;
  /** Share of rater pairs that differ, averaged over the images that two judged; null when there are none. */
  disagreement: number | null;
  isBoundary: boolean;
};

const countOf = (votes: readonly Verdict[], verdict: Verdict) =>
  votes.filter((vote) => vote === verdict).length;

export function finalVerdict({ votes, adjudicated }: VotedImage): FinalVerdict {
  if (adjudicated) return { verdict: adjudicated, from: "adjudicated" };
  const correct = countOf(votes, "correct");
  const incorrect = countOf(votes, "incorrect");
  if (correct + incorrect === 0) return { verdict: null, from: "broken" };
  if (correct === incorrect) return { verdict: null, from: "tie" };
  const isUnanimous = correct === votes.length || incorrect === votes.length;
  return {
    verdict: correct > incorrect ? "correct" : "incorrect",
    from: isUnanimous ? "unanimous" : "majority",
  };
}

/** What the raters of a full grid say together. */
export function consensusOf(images: readonly VotedImage[]): Consensus {
  const finals = images.map(finalVerdict);
  const from = (wanted: FinalVerdict["from"]) =>
    finals.filter((final) => final.from === wanted).length;
  const open = finals.filter((final) => final.verdict === null).length;
  const correct = finals.filter((final) => final.verdict === "correct").length;
  return {
    unanimous: from("unanimous"),
    majority: from("majority"),
    adjudicated: from("adjudicated"),
    open,
    correct,
    level: open === 0 ? levelOf(correct) : null,
    disagreement: disagreementOf(images),
    isBoundary: open === 0 && isBoundary(images, finals, correct),
  };
}

function disagreementOf(images: readonly VotedImage[]): number | null {
  const shares = images.flatMap(({ votes }) => {
    const correct = countOf(votes, "correct");
    const incorrect = countOf(votes, "incorrect");
    const judged = correct + incorrect;
    return judged < 2 ? [] : [(2 * correct * incorrect) / (judged * (judged - 1))];
  });
  if (shares.length === 0) return null;
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** One vote more could undo an image that was won by a single vote, and the Level would be another. */
function isBoundary(
  images: readonly VotedImage[],
  finals: readonly FinalVerdict[],
  correct: number,
): boolean {
  const isClose = ({ votes, adjudicated }: VotedImage) =>
    adjudicated === null && Math.abs(countOf(votes, "correct") - countOf(votes, "incorrect")) === 1;
  const canFlip = (verdict: Decided) =>
    images.some((image, index) => finals[index]?.verdict === verdict && isClose(image));
  const changes = (after: number) => levelOf(after) !== levelOf(correct);
  return (
    (canFlip("correct") && changes(correct - 1)) || (canFlip("incorrect") && changes(correct + 1))
  );
}
