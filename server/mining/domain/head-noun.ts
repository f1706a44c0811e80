import { comparableWords } from "./concept";

const LINKS = new Set([
  "of",
  "in",
  "on",
  "with",
  "for",
  "from",
  "at",
  "under",
  "inside",
  "without",
  "filled",
  "full",
  "made",
]);

/** The word that says what a concept is: "cup" of "a chipped tea cup", "cup" of "cup of tea". */
export function headNoun(concept: string): string | null {
  const words = comparableWords(concept);
  const link = words.findIndex((word, index) => index > 0 && LINKS.has(word));
  return (link > 0 ? words[link - 1] : words.at(-1)) ?? null;
}
