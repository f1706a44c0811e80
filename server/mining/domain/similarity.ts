import { comparableWords } from "./concept";

export const WORDS_LIMIT = 0.8;
export const TRIGRAMS_LIMIT = 0.85;

/** Words and trigrams are sets, sorted. */
export type ConceptForm = { key: string; words: readonly string[]; trigrams: readonly string[] };
export type ConceptLikeness = { score: number; alike: boolean };

export const conceptForm = (concept: string): ConceptForm => wordsForm(comparableWords(concept));

/** The form of words that were made comparable before. */
export function wordsForm(words: readonly string[]): ConceptForm {
  const padded = `  ${words.join(" ")} `;
  const trigrams = Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3));
  return { key: words.join(""), words: sortedSet(words), trigrams: sortedSet(trigrams) };
}

/** How alike two concepts are, and whether that passes the lexical step. */
export function compareConcepts(x: ConceptForm, y: ConceptForm): ConceptLikeness {
  if (x.key === y.key) return { score: 1, alike: true };
  const words = jaccard(x.words, y.words);
  const trigrams = jaccard(x.trigrams, y.trigrams);
  return {
    score: Math.max(words, trigrams),
    alike: words >= WORDS_LIMIT || trigrams >= TRIGRAMS_LIMIT,
  };
}

function jaccard(xs: readonly string[], ys: readonly string[]): number {
  let shared = 0;
  let at = 0;
  for (const x of xs) {
    while (at < ys.length && (ys[at] ?? "") < x) at += 1;
    if (ys[at] === x) shared += 1;
  }
  const union = xs.length + ys.length - shared;
  return union === 0 ? 0 : shared / union;
}

const sortedSet = (items: readonly string[]) => [...new Set(items)].sort();
