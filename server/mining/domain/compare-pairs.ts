import type { DuplicateStep } from "@/db/enums";
import { compareConcepts, conceptForm } from "./similarity";

export type PairWords = { a: string; b: string };
export type Likeness = { step: Exclude<DuplicateStep, "embedding">; similarity: number };

/**
 * Concept by concept, never the concatenation: "tea cup / iced coke" and "coke cup / iced tea"
 * share every word. The better of the two pairings counts, each as its weaker concept.
 */
export function comparePairs(x: PairWords, y: PairWords): Likeness | null {
  const pairings = [
    [
      [x.a, y.a],
      [x.b, y.b],
    ],
    [
      [x.a, y.b],
      [x.b, y.a],
    ],
  ] as const;
  const matches = pairings
    .map((pairing) => pairing.map(([p, q]) => compareConcepts(conceptForm(p), conceptForm(q))))
    .filter((sides) => sides.every((side) => side.alike))
    .map((sides) => Math.min(...sides.map((side) => side.score)));
  if (matches.length === 0) return null;
  const similarity = Math.max(...matches);
  const isExact = pairings.some((pairing) =>
    pairing.every(([p, q]) => conceptForm(p).key === conceptForm(q).key),
  );
  return { step: isExact ? "exact" : "lexical", similarity };
}
