import { type ConceptForm, TRIGRAMS_LIMIT, WORDS_LIMIT } from "./similarity";

/** LIKE patterns of which a text must match one. */
type Either = readonly string[];
/** A text of this group matches them all. */
export type PatternGroup = readonly Either[];

// More narrow no further, and each costs the planner.
const MOST_IN_GROUP = 8;

/**
 * What to look for so that no concept which passes the lexical step is missed: it matches one of the groups
 * whole. Who may lack at most k of n features has all of one group when they are dealt into k + 1, so each
 * group can ask for many at once, which an index answers fast. Some that match are not alike.
 */
export function alikePatterns({ words, trigrams }: ConceptForm): PatternGroup[] {
  const byTrigrams = deal(mostTellingFirst(trigrams), TRIGRAMS_LIMIT).map((group) =>
    group.map(holdsTrigram),
  );
  const [only] = words;
  // One word repeated is the same set; every text with that word somewhere would be far too many.
  if (words.length === 1 && only) return [...byTrigrams, [[only, `${only} ${only}%`]]];
  const longestFirst = [...words].sort((x, y) => y.length - x.length);
  const byWords = deal(longestFirst, WORDS_LIMIT).map((group) =>
    group.map((word) => [`%${word}%`]),
  );
  return [...byTrigrams, ...byWords];
}

/** With a Jaccard of `limit` or more the other set has at least that share of these. */
function deal(features: readonly string[], limit: number): string[][] {
  const groups = Math.floor((1 - limit) * features.length + 1e-9) + 1;
  return Array.from({ length: groups }, (_, group) =>
    features.filter((_, index) => index % groups === group).slice(0, MOST_IN_GROUP),
  );
}

/** An index knows letters in a row; what reaches over a space tells it little. Each group gets its share of both. */
const mostTellingFirst = (trigrams: readonly string[]) => [
  ...trigrams.filter((trigram) => !trigram.includes(" ")),
  ...trigrams.filter((trigram) => trigram.includes(" ")),
];

/** A trigram is taken from the text with two spaces before it and one after. */
function holdsTrigram(trigram: string): Either {
  if (trigram.startsWith("  ")) return [`${trigram.trim()}%`];
  const inside = [`%${trigram}%`];
  const atStart = trigram.startsWith(" ") ? [`${trigram.trimStart()}%`] : [];
  const atEnd = trigram.endsWith(" ") ? [`%${trigram.trimEnd()}`] : [];
  const alone = trigram.startsWith(" ") && trigram.endsWith(" ") ? [trigram.trim()] : [];
  return [...inside, ...atStart, ...atEnd, ...alone];
}
