import type { PairWords } from "../compare-pairs";
import { comparableWords } from "../concept";
import { findWord, type LexiconFamily, lexicon } from "./lexicon";

export type PatternHints = { name: string; definition: string; exemplars: readonly PairWords[] };

/** Whose contents meet whose hosts: one family with itself, or two families crossed. */
export type Crossing = { content: LexiconFamily; host: LexiconFamily };

/** The crossing a pattern is about, by its exemplars first and its words second; null when none. */
export function matchCrossing(pattern: PatternHints): Crossing | null {
  return byExemplars(pattern.exemplars) ?? byWords(`${pattern.name} ${pattern.definition}`);
}

export const crossings: readonly Crossing[] = lexicon.families.flatMap((content) =>
  lexicon.families.map((host) => ({ content, host })),
);

export const isCrossed = ({ content, host }: Crossing): boolean => content.id !== host.id;

function byExemplars(exemplars: readonly PairWords[]): Crossing | null {
  const counts = crossings.map((crossing) => ({
    crossing,
    count: exemplars.filter((pair) => holds(crossing, pair)).length,
  }));
  const top = counts.reduce((best, next) => (isBetter(next, best) ? next : best));
  return top.count > 0 && top.count * 2 >= exemplars.length ? top.crossing : null;
}

type Counted = { crossing: Crossing; count: number };

/** "Noodles" belong to two families: where it is a draw, the plainer reading counts. */
const isBetter = (next: Counted, best: Counted) =>
  next.count > best.count ||
  (next.count === best.count && isCrossed(best.crossing) && !isCrossed(next.crossing));

function holds({ content, host }: Crossing, { a, b }: PairWords): boolean {
  const fits = (x: string, y: string) =>
    findWord(content.a, x) !== null && findWord(host.b, y) !== null;
  return fits(a, b) || fits(b, a);
}

/** A pattern's words name a content and a host; the first content and the first host of one family do best. */
function byWords(text: string): Crossing | null {
  const words = new Set(comparableWords(text));
  const names = (cues: readonly string[]) => cues.some((cue) => words.has(cue));
  const fitting = crossings.filter(
    ({ content, host }) => names(content.cuesA) && names(host.cuesB),
  );
  return fitting.find((crossing) => !isCrossed(crossing)) ?? fitting[0] ?? null;
}
