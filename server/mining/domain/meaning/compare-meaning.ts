import type { PairWords } from "../compare-pairs";
import { compareConcepts, conceptForm } from "../similarity";

/** How alike two concepts are in meaning, -1 to 1; null when it is not known. */
export type ConceptLikeness = (x: string, y: string) => number | null;

/** Of unit vectors. Those of two sizes come from two models and say nothing of each other. */
export function cosine(x: Float32Array, y: Float32Array): number | null {
  if (x.length !== y.length) return null;
  let sum = 0;
  for (let at = 0; at < x.length; at++) sum += (x[at] ?? 0) * (y[at] ?? 0);
  return sum;
}

/** Concept by concept, like the wording: the better of the two pairings, each as its weaker concept. */
export function compareMeaning(x: PairWords, y: PairWords, alike: ConceptLikeness): number | null {
  const straight = weaker(likeness(x.a, y.a, alike), likeness(x.b, y.b, alike));
  const turned = weaker(likeness(x.a, y.b, alike), likeness(x.b, y.a, alike));
  if (straight === null || turned === null) return straight ?? turned;
  return Math.max(straight, turned);
}

/** Words that the lexical step takes for the same mean the same, whatever the embedder says. */
function likeness(x: string, y: string, alike: ConceptLikeness): number | null {
  const worded = compareConcepts(conceptForm(x), conceptForm(y));
  const meant = alike(x, y);
  if (!worded.alike) return meant;
  return Math.max(worded.score, meant ?? 0);
}

const weaker = (x: number | null, y: number | null) =>
  x === null || y === null ? null : Math.min(x, y);
