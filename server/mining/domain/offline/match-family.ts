import type { PairWords } from "../compare-pairs";
import { comparableWords } from "../concept";
import { findWord, type LexiconFamily, lexicon } from "./lexicon";

export type PatternHints = { name: string; definition: string; exemplars: readonly PairWords[] };

/** The family a pattern is about, by its exemplars first and its words second; null when none. */
export function matchFamily(pattern: PatternHints): LexiconFamily | null {
  return byExemplars(pattern.exemplars) ?? byWords(`${pattern.name} ${pattern.definition}`);
}

function byExemplars(exemplars: readonly PairWords[]): LexiconFamily | null {
  const counts = lexicon.families.map((family) => ({
    family,
    count: exemplars.filter((pair) => holds(family, pair)).length,
  }));
  const top = counts.reduce((best, next) => (next.count > best.count ? next : best));
  return top.count > 0 && top.count * 2 >= exemplars.length ? top.family : null;
}

function holds(family: LexiconFamily, { a, b }: PairWords): boolean {
  const fits = (x: string, y: string) =>
    findWord(family.a, x) !== null && findWord(family.b, y) !== null;
  return fits(a, b) || fits(b, a);
}

function byWords(text: string): LexiconFamily | null {
  const words = new Set(comparableWords(text));
  const names = (cues: readonly string[]) => cues.some((cue) => words.has(cue));
  return lexicon.families.find((family) => names(family.cuesA) && names(family.cuesB)) ?? null;
}
