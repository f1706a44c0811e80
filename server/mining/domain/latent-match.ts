import { comparableWords } from "./concept";
import { headNoun } from "./head-noun";
import { compareConcepts, conceptForm } from "./similarity";

/** How the guess and what was seen agree: the same words, nearly the same, or one kind of the other. */
export type LatentMatch = "exact" | "lexical" | "head";

/**
 * Whether a rater saw what was guessed. Both are compared as concepts are: the same key, or alike by the
 * lexical limits. Beyond that they match when they have one head noun and one of them says no more
 * than the other: "glass" and "tumbler glass", "a mug of tea" and "mug". Two kinds of one thing do not:
 * a "wine glass" was not seen where a "beer glass" was.
 */
export function latentMatch(guessed: string, seen: string): LatentMatch | null {
  const [guess, sight] = [conceptForm(guessed), conceptForm(seen)];
  if (guess.key === "" || sight.key === "") return null;
  if (guess.key === sight.key) return "exact";
  if (compareConcepts(guess, sight).alike) return "lexical";
  const head = headNoun(guessed);
  if (head === null || head !== headNoun(seen)) return null;
  return isWithin(guessed, seen) || isWithin(seen, guessed) ? "head" : null;
}

function isWithin(less: string, more: string): boolean {
  const words = new Set(comparableWords(more));
  return comparableWords(less).every((word) => words.has(word));
}
