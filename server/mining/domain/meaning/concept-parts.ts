import { comparableWords } from "../concept";
import synonyms from "./synonyms.json";

/** What a concept is, and what is said about it: "cola with ice" and "iced coke" are coke, with ice. */
export type ConceptParts = { head: string[]; about: string[] };

const JOINERS = new Set(synonyms.joiners);
const EMPTY = new Set(synonyms.empty);
const FORMS: ReadonlyMap<string, string> = new Map(Object.entries(synonyms.forms));

const formOf = (word: string) => FORMS.get(word) ?? word;
const wordsOf = (text: string) => comparableWords(text).map(formOf);

/** Each listed wording, word by word, to the first of its group. */
const FIRST_OF: ReadonlyMap<string, readonly string[]> = new Map(
  synonyms.same.flatMap(([first = "", ...others]) =>
    [first, ...others].map((other) => [wordsOf(other).join(" "), wordsOf(first)] as const),
  ),
);
const LONGEST = Math.max(...[...FIRST_OF.keys()].map((wording) => wording.split(" ").length));

export function conceptParts(concept: string): ConceptParts {
  const [first = [], ...others] = phrases(inFirstWords(wordsOf(concept)));
  // English says last what a thing is: an iced coke is a coke.
  const head = first.slice(-1);
  const about = [...first.slice(0, -1), ...others.flat()];
  return { head, about: [...new Set(about)].filter((word) => !head.includes(word)).sort() };
}

/** The longest listed wording at each place gives way to the first of its group. */
function inFirstWords(words: readonly string[]): string[] {
  const said: string[] = [];
  for (let at = 0; at < words.length; ) {
    const { length, first } = listedAt(words, at);
    said.push(...first);
    at += length;
  }
  return said;
}

function listedAt(words: readonly string[], at: number) {
  for (let length = Math.min(LONGEST, words.length - at); length > 0; length--) {
    const first = FIRST_OF.get(words.slice(at, at + length).join(" "));
    if (first) return { length, first };
  }
  return { length: 1, first: words.slice(at, at + 1) };
}

/** The words between joiners such as "with" and "of"; a concept of nothing but these keeps them. */
function phrases(words: readonly string[]): string[][] {
  const found: string[][] = [[]];
  for (const word of words) {
    if (JOINERS.has(word)) found.push([]);
    else if (!EMPTY.has(word)) found.at(-1)?.push(word);
  }
  const filled = found.filter((phrase) => phrase.length > 0);
  return filled.length > 0 ? filled : [[...words]];
}
