import type { ConceptSetsAnswer, ConceptSetsInput } from "../../exchanges/concept-sets";
import type { MergePatternsAnswer, MergePatternsInput } from "../../exchanges/merge-patterns";
import type { NamePatternsAnswer, NamePatternsInput } from "../../exchanges/name-patterns";
import type { PatternWithYield } from "../../exchanges/pattern-answer";
import type { ProposePatternsAnswer, ProposePatternsInput } from "../../exchanges/propose-patterns";
import { nameKey } from "../name-key";
import { seededDraws } from "../random";
import { type DrawableKeys, drawableKeys, drawablePlaces } from "./drawable";
import { type Crossing, crossings, isCrossed, matchCrossing } from "./match-crossing";
import { patternOf } from "./name-offline";
import { canPropose } from "./propose-offline";

/** Families that no pattern covers yet, then crossings of two; null when all that can be drawn have been named. */
export function proposePatternsOffline(input: ProposePatternsInput): ProposePatternsAnswer | null {
  const { known, seed } = input;
  const keys = drawableKeys(input);
  const covered = input.patterns.map(crossingOf);
  const names = new Set(known.map(nameKey));
  const isFree = (crossing: Crossing) =>
    !covered.some((one) => one?.content === crossing.content && one.host === crossing.host) &&
    !names.has(nameKey(patternOf(crossing, { known: [], seed, keys }).name));
  const free = crossings.filter((crossing) => isMostlyDrawn(crossing, keys) && isFree(crossing));
  const inOrder = [
    ...free.filter((crossing) => !isCrossed(crossing)),
    ...shuffled(free.filter(isCrossed), seed),
  ];
  const found = inOrder.slice(0, input.n);
  if (found.length === 0) return null;
  return { patterns: found.map((crossing) => patternOf(crossing, { known, seed, keys })) };
}

/** Two words that a family shares with another one make no pattern of it. */
const isMostlyDrawn = ({ content, host }: Crossing, keys: DrawableKeys): boolean =>
  [content.a, host.b].every((words) => drawablePlaces(words, keys).length * 2 >= words.length);

/** What is A in the one with what is B in the other, both ways; null when one of them is no known family, or cannot be drawn. */
export function mergeOffline(input: MergePatternsInput): MergePatternsAnswer | null {
  const { known, seed } = input;
  const keys = drawableKeys(input);
  const [one, other] = input.parents.map(crossingOf);
  if (!one || !other) return null;
  const crossed = [
    { content: one.content, host: other.host },
    { content: other.content, host: one.host },
  ] as const;
  if (!crossed.every((crossing) => canPropose(crossing, keys))) return null;
  const first = patternOf(crossed[0], { known, seed, keys });
  const second = patternOf(crossed[1], {
    known: [...known, first.name],
    seed: seed + 1,
    keys,
  });
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
      const { name, definition, category } = patternOf(crossing, { known, seed, keys: null });
      return { name, definition, category, pairs: numbers };
    }),
  };
}

/** The two word lists of the pattern's crossing, or what of them can be drawn: shorter than what may be asked for. */
export function conceptSetsOffline(input: ConceptSetsInput): ConceptSetsAnswer | null {
  const crossing = matchCrossing({ ...input.pattern, exemplars: input.examples });
  const keys = drawableKeys(input);
  if (!crossing || !canPropose(crossing, keys)) return null;
  const { content, host } = crossing;
  const names = (words: readonly { name: string }[]) =>
    shuffled(
      words.filter((_, at) => drawablePlaces(words, keys).includes(at)),
      input.seed,
    )
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
