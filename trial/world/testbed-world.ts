import { z } from "zod";
import { lexicon } from "@/server/mining/domain/offline/lexicon";
import { pairKey } from "@/server/mining/domain/pair-key";
import type { CoOccurrence } from "../llm/knowledge";
import type { Rating, TrialWorld } from "../types";

const MOST_IMAGES = 20;

/** What the oracle saw of Tiny World's images: content, host, and which of 20 was the first correct one; 0: none was. */
export const TestbedLevels = z.object({
  /** Hashes of what drew and of what judged. */
  weights: z.string(),
  oracle: z.string(),
  seeds: z.array(z.number().int()),
  families: z.array(z.string()),
  firstCorrect: z.record(
    z.string(),
    z.record(z.string(), z.number().int().min(0).max(MOST_IMAGES)),
  ),
});
export type TestbedLevels = z.infer<typeof TestbedLevels>;

/** Tiny World's: every untypical pair was drawn once and looked at by the oracle, so recall is known. */
export function testbedWorld(
  { firstCorrect, families }: TestbedLevels,
  coOccurrence: CoOccurrence,
): TrialWorld {
  const universe = Object.entries(firstCorrect).flatMap(([a, row]) =>
    Object.entries(row).map(([b, first]) => ({ key: pairKey(a, b), a, b, first })),
  );
  const ratings = new Map(universe.map(({ key, first }) => [key, ratingOf(first)]));
  return {
    about: "on Tiny World's images as its oracle saw them",
    families: lexicon.families.filter(({ id }) => families.includes(id)),
    universe,
    truth: new Set(universe.filter(({ first }) => first === 0).map(({ key }) => key)),
    coOccurrence,
    // The images are there: a rater sees the same ones, in the same order, whatever the seed.
    peopleOf: () => ({
      approve: ({ a, b }) => ratings.has(pairKey(a, b)),
      rate: ({ a, b }) => {
        const rating = ratings.get(pairKey(a, b));
        if (!rating) throw new Error(`${a} × ${b} is no pair of this world`);
        return rating;
      },
    }),
  };
}

const ratingOf = (first: number): Rating =>
  first === 0 ? { isLevel5: true, images: MOST_IMAGES } : { isLevel5: false, images: first };
