import { Phrases } from "@/server/mining/domain/method-input";
import { standsIn } from "@/server/mining/domain/stands-in";
import { tagPhrase } from "./tag-phrases";

/** One thing that is held to its place, as the method's parameter `objects` has it. */
export type DrawnObject = { phrase: string; score: number; mask: string; seed: number };
/** A phrase that was found in the image at this place. */
export type FoundTag = { position: number; phrase: string; mask: string };

type Found = { phrase: string; score: number };
export type PromptPhrases = { a: Found; b: Found };

/** What stands for A and B in this prompt; null where nobody has said it. */
export const phrasesOf = (said: unknown, prompt: string): PromptPhrases | null =>
  Phrases.safeParse(said).data?.prompts.find((of) => of.prompt === prompt) ?? null;

type Realigned = {
  prompt: string;
  seeds: readonly number[];
  concepts: readonly [string, string];
  phrases: PromptPhrases;
  tags: readonly FoundTag[];
};

/**
 * Image by image what was found of A and of B, with the words that stand for it in the prompt. What was not found, has no words there
 * or is unlikely to be seen (a score of 0) is no object: without any, the second image is drawn as plainly as the first.
 */
export function objectsOf({ prompt, seeds, concepts, phrases, tags }: Realigned): DrawnObject[] {
  const [a, b] = concepts;
  const told = [
    { tag: tagPhrase(a), ...phrases.a },
    { tag: tagPhrase(b), ...phrases.b },
  ].filter(({ phrase, score }) => score > 0 && standsIn(phrase, prompt));
  return seeds.flatMap((seed, position) =>
    told.flatMap(({ tag, phrase, score }) => {
      const found = tags.find((one) => one.position === position && isSame(one.phrase, tag));
      return found ? [{ phrase: phrase.trim(), score, mask: found.mask, seed }] : [];
    }),
  );
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
