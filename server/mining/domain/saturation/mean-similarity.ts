import type { PairWords } from "../compare-pairs";
import { type ConceptForm, compareConcepts, conceptForm } from "../similarity";

const LAST = 5;

/**
 * How alike the last five proposals are: the mean over their ten couples. Null for fewer than two.
 * Two pairs are as alike as the better of their two pairings, which is as alike as its weaker concepts.
 */
export function meanSimilarity(proposals: readonly PairWords[]): number | null {
  const last = proposals.slice(-LAST).map(({ a, b }) => [conceptForm(a), conceptForm(b)] as const);
  const likenesses = last.flatMap((one, at) =>
    last.slice(at + 1).map((other) => pairLikeness(one, other)),
  );
  if (likenesses.length === 0) return null;
  return likenesses.reduce((sum, likeness) => sum + likeness, 0) / likenesses.length;
}

type Forms = readonly [ConceptForm, ConceptForm];

function pairLikeness([a, b]: Forms, [c, d]: Forms): number {
  const score = (x: ConceptForm, y: ConceptForm) => compareConcepts(x, y).score;
  return Math.max(Math.min(score(a, c), score(b, d)), Math.min(score(a, d), score(b, c)));
}
