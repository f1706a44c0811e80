import { singular } from "@/server/mining/domain/singular";

/** Four images of the plain prompt, twenty of one concept alone: evaluation and mining design. */
export const LOOK_SEEDS = { precheck: 4, capability: 20 } as const;

const DETERMINERS = new Set([
  "a",
  "an",
  "the",
  "my",
  "some",
  "one",
  "two",
  "three",
  "four",
  "five",
]);
// Last words of concepts that English does not count: "a photo of sand", not "of a sand".
const MASS_NOUNS = new Set(
  "air bamboo beer bread butter cereal cheese chocolate cloth coal coffee coke cola cream dirt dust flour foam fog fruit gold grass gravel hair hay honey ice ink jam jelly juice lava lemonade liquid meat milk mist mud mustard oil paint paper pasta pepper plastic popcorn rain rice salt sand silk silver smoke snow soda soil soup steam sugar tea toast vodka water wax whisky wine wood wool yarn yoghurt".split(
    " ",
  ),
);
const SOUNDS_LIKE_YOU = /^(?:eu|one\b|uf|uk|uni(?![nm])|us[aeu]|ut)/;
const SILENT_H = /^(?:heir|honest|honou?r|hour)/;

/** The plain prompt of a pair: nothing but its two concepts. */
export const plainPrompt = (a: string, b: string): string => `${a}, ${b}`;

/** The prompt that asks for one concept alone. */
export const conceptPrompt = (concept: string): string => `a photo of ${withArticle(concept)}`;

/** A concept that brings an article or a number keeps it; plurals and what is not counted take none. */
export function withArticle(concept: string): string {
  const words = concept.toLowerCase().split(/\s+/);
  const [first = "", last = first] = [words[0], words.at(-1)];
  const isCounted = DETERMINERS.has(first) || /^\d/.test(first);
  if (isCounted || MASS_NOUNS.has(last) || singular(last) !== last) return concept;
  return `${articleOf(first)} ${concept}`;
}

function articleOf(word: string): "a" | "an" {
  if (SILENT_H.test(word)) return "an";
  return /^[aeiou]/.test(word) && !SOUNDS_LIKE_YOU.test(word) ? "an" : "a";
}
