import type { ConceptSetsAnswer, ConceptSetsInput } from "../../exchanges/concept-sets";
import type { MergePatternsAnswer, MergePatternsInput } from "../../exchanges/merge-patterns";
import type { NamePatternsAnswer, NamePatternsInput } from "../../exchanges/name-patterns";
import type { PatternWithYield } from "../../exchanges/pattern-answer";
import type { ProposePatternsAnswer, ProposePatternsInput } from "../../exchanges/propose-patterns";
import { nameKey } from "../name-key";
import { seededDraws } from "../random";
import { type Crossing, crossings, isCrossed, matchCrossing } from "./match-crossing";
import { patternOf } from "./name-offline";

/** Families that no pattern covers yet, then crossings of two; null when all have been named. */
export function proposePatternsOffline(input: ProposePatternsInput): ProposePatternsAnswer | null {
  const covered = input.patterns.map(crossingOf);
  const names = new Set(input.known.map(nameKey));
  const isFree = (crossing: Crossing) =>
    !covered.some((one) => one?.content === crossing.content && one.host === crossing.host) &&
    !names.has(nameKey(patternOf(crossing, [], input.seed).name));
  const free = crossings.filter(isFree);
  const inOrder = [
    ...free.filter((crossing) => !isCrossed(crossing)),
    ...shuffled(free.filter(isCrossed), input.seed),
  ];
  const found = inOrder.slice(0, input.n);
  if (found.length === 0) return null;
  return { patterns: found.map((crossing) => patternOf(crossing, input.known, input.seed)) };
}

/** What is A in the one with what is B in the other, both ways; null when one of them is no known family. */
export function mergeOffline(input: MergePatternsInput): MergePatternsAnswer | null {
  const [one, other] = input.parents.map(crossingOf);
  if (!one || !other) return null;
  const first = patternOf({ content: one.content, host: other.host }, input.known, input.seed);
  const second = patternOf(
    { content: other.content, host: one.host },
    [...input.known, first.name],
    input.seed + 1,
  );
  return { patterns: [first, second] };
}

/** The seeds by the crossing they belong to; null when they belong to none. */
export function namePatternsOffline({
  pairs,
  known,
  seed,
}: NamePatternsInput): NamePatternsAnswer | null {
  const found = new Map<Crossing, number[]>();
  for (const [index, pair] of pairs.entries()) {
    const crossing = matchCrossing({ name: "", definition: "", exemplars: [pair] });
    if (crossing) found.set(crossing, [...(found.get(crossing) ?? []), index + 1]);
  }
  if (found.size === 0) return null;
  return {
    patterns: [...found].map(([crossing, numbers]) => {
      const { name, definition, category } = patternOf(crossing, known, seed);
      return { name, definition, category, pairs: numbers };
    }),
  };
}

/** The two word lists of the pattern's crossing, which are shorter than what may be asked for. */
export function conceptSetsOffline(input: ConceptSetsInput): ConceptSetsAnswer | null {
  const crossing = matchCrossing({ ...input.pattern, exemplars: input.examples });
  if (!crossing) return null;
  const { content, host } = crossing;
  const names = (words: readonly { name: string }[]) =>
    shuffled(words, input.seed)
      .slice(0, input.n)
      .map(({ name }) => name);
  return { a: names(content.a), b: names(host.b) };
}

const crossingOf = ({ name, definition, successes }: PatternWithYield): Crossing | null =>
  matchCrossing({ name, definition, exemplars: successes });

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const draw = seededDraws(seed);
  return items
    .map((item) => ({ item, key: draw() }))
    .sort((x, y) => x.key - y.key)
    .map(({ item }) => item);
}
