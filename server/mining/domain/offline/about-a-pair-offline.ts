import type { DescribeAnswer } from "../../exchanges/describe-concepts";
import type { DrawingOrderAnswer } from "../../exchanges/drawing-order";
import type { FindPhrasesAnswer, FindPhrasesInput } from "../../exchanges/find-phrases";
import type { GuessLatentAnswer } from "../../exchanges/guess-latent";
import type { PairWords } from "../compare-pairs";
import { conceptKey } from "../concept";
import { standsIn } from "../stands-in";
import descriptions from "./descriptions.json";
import { findWord, lexicon } from "./lexicon";
import { typicalHost } from "./propose-offline";

/** What the content of the pair is usually seen with; null for words outside the lexicon. */
export function guessOffline({ a, b }: PairWords): GuessLatentAnswer | null {
  for (const [content, other] of [
    [a, b],
    [b, a],
  ] as const)
    for (const family of lexicon.families) {
      const usual = typicalHost(family, content);
      if (usual && conceptKey(usual.name) !== conceptKey(other))
        return { latent: usual.name, reason: `It ${family.cause} ${usual.name}.` };
    }
  return null;
}

/** What holds or surrounds the other is what is lost first, so it is drawn first. */
export function orderOffline({ a }: PairWords): DrawingOrderAnswer {
  const isHost = lexicon.families.some((family) => findWord(family.b, a) !== null);
  const first = isHost ? "a" : "b";
  return { first, reason: "What holds or surrounds the other is lost more easily." };
}

/** The concepts themselves, where they stand in every prompt as they are written. */
export function phrasesOffline({ a, b, prompts }: FindPhrasesInput): FindPhrasesAnswer | null {
  if (!prompts.every((prompt) => standsIn(a, prompt) && standsIn(b, prompt))) return null;
  const found = (phrase: string) => ({ phrase, score: 2 as const });
  return { prompts: prompts.map(() => ({ a: found(a), b: found(b) })) };
}

const described = new Map(
  Object.entries(descriptions).map(([concept, text]) => [conceptKey(concept), text]),
);

export function describeOffline({ a, b }: PairWords): DescribeAnswer | null {
  const [ofA, ofB] = [described.get(conceptKey(a)), described.get(conceptKey(b))];
  return ofA && ofB ? { a: ofA, b: ofB } : null;
}
