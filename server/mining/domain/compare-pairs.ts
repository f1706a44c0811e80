import type { DuplicateStep } from "@/db/enums";
import { type ConceptForm, compareConcepts, conceptForm } from "./similarity";

export type PairWords = { a: string; b: string };
export type Likeness = { step: Exclude<DuplicateStep, "embedding">; similarity: number };
export type PairForms = { a: ConceptForm; b: ConceptForm };

export function comparePairs(x: PairWords, y: PairWords): Likeness | null {
  return compareForms(formsOf(x), formsOf(y));
}

const formsOf = ({ a, b }: PairWords): PairForms => ({ a: conceptForm(a), b: conceptForm(b) });

/**
 * Concept by concept, never the concatenation: "tea cup / iced coke" and "coke cup / iced tea"
 * share every word. The better of the two pairings counts, each as its weaker concept.
 */
export function compareForms(x: PairForms, y: PairForms): Likeness | null {
  const straight = comparePairing([x.a, y.a], [x.b, y.b]);
  const turned = comparePairing([x.a, y.b], [x.b, y.a]);
  if (straight && turned) return straight.similarity >= turned.similarity ? straight : turned;
  return straight ?? turned;
}

/** How alike two pairs are worded, whether or not that passes the lexical step. */
export function wordingOf(x: PairWords, y: PairWords): number {
  const [one, other] = [formsOf(x), formsOf(y)];
  const score = (mine: ConceptForm, known: ConceptForm) => compareConcepts(mine, known).score;
  return Math.max(
    Math.min(score(one.a, other.a), score(one.b, other.b)),
    Math.min(score(one.a, other.b), score(one.b, other.a)),
  );
}

type Side = readonly [ConceptForm, ConceptForm];

function comparePairing(one: Side, other: Side): Likeness | null {
  const first = compareConcepts(...one);
  const second = compareConcepts(...other);
  if (!first.alike || !second.alike) return null;
  const isExact = one[0].key === one[1].key && other[0].key === other[1].key;
  return {
    step: isExact ? "exact" : "lexical",
    similarity: Math.min(first.score, second.score),
  };
}
