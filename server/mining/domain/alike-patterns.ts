import { type ConceptForm, TRIGRAMS_LIMIT, WORDS_LIMIT } from "./similarity";

/** LIKE patterns of which a text must match one. */
type Either = readonly string[];
/** A text of this group matches them all. */
export type PatternGroup = readonly Either[];

// More narrow no further, and each costs the planner.
const MOST_IN_GROUP = 6;
const MOST_LEFT_OUT_BY_ONE = 6;

/**
 * What to look for so that no concept which passes the lexical step is missed: it matches one of the groups
 * whole. Who may lack at most k of n features has all of one group when they are dealt into k + 1, so each
 * group can ask for many at once, which an index answers fast. Some that match are not alike.
 */
export function alikePatterns({ words, trigrams }: ConceptForm, text: string): PatternGroup[] {
  const byTrigrams = deal(mostTellingFirst(trigrams, text), mayLack(trigrams, TRIGRAMS_LIMIT));
  return [...byTrigrams.map((group) => group.map(holdsTrigram)), ...wordGroups(words)];
}

function wordGroups(words: readonly string[]): PatternGroup[] {
  const [only] = words;
  // One word repeated is the same set; every text with that word somewhere would be far too many.
  if (words.length === 1 && only) return [[[only, `${only} ${only}%`]]];
  const lacking = mayLack(words, WORDS_LIMIT);
  const longestFirst = [...words].sort((x, y) => y.length - x.length);
  const groups =
    lacking === 1 && words.length <= MOST_LEFT_OUT_BY_ONE
      ? words.map((left) => words.filter((word) => word !== left))
      : deal(longestFirst, lacking);
  return groups.map((group) => group.map((word) => [`%${word}%`]));
}

/** With a Jaccard of `limit` or more the other set has at least that share of these. */
const mayLack = (features: readonly string[], limit: number) =>
  Math.floor((1 - limit) * features.length + 1e-9);

/** So many groups that one of them is whole; of a large one some from all along it will do. */
function deal(features: readonly string[], lacking: number): string[][] {
  return Array.from({ length: lacking + 1 }, (_, group) => {
    const dealt = features.filter((_, index) => index % (lacking + 1) === group);
    const step = Math.max(1, dealt.length / MOST_IN_GROUP);
    return dealt.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  });
}

/**
 * In the order of the text, so that each group gets some of every word. What reaches over a space tells an index
 * little: it comes last, and each group gets its share of both.
 */
function mostTellingFirst(trigrams: readonly string[], text: string): string[] {
  const padded = `  ${text} `;
  const inOrder = [...trigrams].sort((x, y) => padded.indexOf(x) - padded.indexOf(y));
  return [
    ...inOrder.filter((trigram) => !trigram.includes(" ")),
    ...inOrder.filter((trigram) => trigram.includes(" ")),
  ];
}

/** A trigram is taken from the text with two spaces before it and one after. */
function holdsTrigram(trigram: string): Either {
  if (trigram.startsWith("  ")) return [`${trigram.trim()}%`];
  const inside = [`%${trigram}%`];
  const atStart = trigram.startsWith(" ") ? [`${trigram.trimStart()}%`] : [];
  const atEnd = trigram.endsWith(" ") ? [`%${trigram.trimEnd()}`] : [];
  const alone = trigram.startsWith(" ") && trigram.endsWith(" ") ? [trigram.trim()] : [];
  return [...inside, ...atStart, ...atEnd, ...alone];
}
