import type { PairWords } from "./compare-pairs";
import { conceptKey } from "./concept";
import { withoutNumber } from "./free-name";
import { pairKey } from "./pair-key";
import { compareConcepts, conceptForm } from "./similarity";

export type PatternWords = { name: string; definition: string };
export type ProposedWords = PatternWords & { examples: readonly PairWords[] };
export type KnownWords = PatternWords & {
  /** Keys of its pairs and concepts; only those that the examples name are looked at. */
  pairKeys: ReadonlySet<string>;
  conceptKeys: ReadonlySet<string>;
};
export type Overlap = {
  /** Likeness from 0 to 1: the better of shared words and shared trigrams. */
  name: number;
  definition: number;
  /** Of the examples' pairs and distinct concepts, how many the other pattern has. */
  pairs: Shared;
  concepts: Shared;
  /** Any one figure at its limit: a person should look before approving. */
  isLikely: boolean;
};
type Shared = { shared: number; of: number };

export const NAME_LIMIT = 0.75;
export const DEFINITION_LIMIT = 0.6;
export const PAIRS_LIMIT = 1 / 3;
// A crossing takes one half of its concepts from each parent; that alone is no overlap.
export const CONCEPTS_LIMIT = 0.5;

/** How much of a proposed pattern another one already says, in numbers. */
export function overlapOf(proposed: ProposedWords, known: KnownWords): Overlap {
  const keys = new Set(proposed.examples.map(({ a, b }) => pairKey(a, b)));
  const concepts = new Set(proposed.examples.flatMap(({ a, b }) => [conceptKey(a), conceptKey(b)]));
  const figures = {
    name: likeness(withoutNumber(proposed.name), withoutNumber(known.name)),
    definition: likeness(proposed.definition, known.definition),
    pairs: sharedOf(keys, known.pairKeys),
    concepts: sharedOf(concepts, known.conceptKeys),
  };
  const isLikely =
    figures.name >= NAME_LIMIT ||
    figures.definition >= DEFINITION_LIMIT ||
    shareOf(figures.pairs) >= PAIRS_LIMIT ||
    shareOf(figures.concepts) > CONCEPTS_LIMIT;
  return { ...figures, isLikely };
}

/** The closest first: likely overlaps, then by the largest of the four figures. */
export const byOverlap = (x: Overlap, y: Overlap): number =>
  Number(y.isLikely) - Number(x.isLikely) || strength(y) - strength(x);

export const strength = ({ name, definition, pairs, concepts }: Overlap): number =>
  Math.max(name, definition, shareOf(pairs), shareOf(concepts));

const shareOf = ({ shared, of }: Shared) => (of === 0 ? 0 : shared / of);

function likeness(x: string, y: string): number {
  const [one, other] = [conceptForm(x), conceptForm(y)];
  return one.key === "" || other.key === "" ? 0 : compareConcepts(one, other).score;
}

function sharedOf(mine: ReadonlySet<string>, theirs: ReadonlySet<string>): Shared {
  return { shared: [...mine].filter((key) => theirs.has(key)).length, of: mine.size };
}
