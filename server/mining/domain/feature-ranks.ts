import type { ConceptForm } from "./similarity";

/** A concept's features as numbers, rarest first: two forms can be merged number by number. */
export type RankedForm = { words: Int32Array; trigrams: Int32Array };

/** One fixed order of all features, by how rarely the expected concepts have them. */
export function createFeatureRanks(
  expected: Iterable<ConceptForm>,
): (form: ConceptForm) => RankedForm {
  const counts = new Map<string, number>();
  const count = (feature: string) => counts.set(feature, (counts.get(feature) ?? 0) + 1);
  for (const form of expected) for (const feature of featuresOf(form).flat()) count(feature);
  const byRarity = [...counts].sort(([x, n], [y, m]) => n - m || (x < y ? -1 : 1));
  const ranks = new Map(byRarity.map(([feature], index) => [feature, index]));
  let unseen = 0;
  const rankOf = (feature: string) => {
    const known = ranks.get(feature);
    if (known !== undefined) return known;
    // Nothing is rarer than what nobody expected.
    unseen -= 1;
    ranks.set(feature, unseen);
    return unseen;
  };
  return (form) => {
    const [words = [], trigrams = []] = featuresOf(form).map((features) =>
      Int32Array.from(features, rankOf).sort(),
    );
    return { words: Int32Array.from(words), trigrams: Int32Array.from(trigrams) };
  };
}

const featuresOf = ({ words, trigrams }: ConceptForm): [string[], string[]] => [
  words.map((word) => `w${word}`),
  trigrams.map((trigram) => `t${trigram}`),
];

/** How many of both a Jaccard of `limit` needs; the epsilon undoes the error of binary fractions. */
export const neededOverlap = (limit: number, x: number, y: number): number =>
  Math.ceil((limit / (1 + limit)) * (x + y) - 1e-9);

/** Merges two ranked sets and stops as soon as the limit is out of reach. */
export function reaches(limit: number, xs: Int32Array, ys: Int32Array): boolean {
  const needed = neededOverlap(limit, xs.length, ys.length);
  let [shared, i, j] = [0, 0, 0];
  while (shared < needed) {
    if (shared + Math.min(xs.length - i, ys.length - j) < needed) return false;
    const [x = 0, y = 0] = [xs[i], ys[j]];
    if (x === y) shared += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return true;
}
