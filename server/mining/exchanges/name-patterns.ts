import { z } from "zod";
import { PATTERN_CATEGORIES } from "@/db/enums";
import { nameKey } from "../domain/name-key";
import {
  answerText,
  DATA_NOTE,
  delimited,
  type ExchangeContract,
  GUIDANCE_NOTE,
  type Guided,
  guidanceData,
  type PairExample,
} from "./contract";
import { CATEGORY_NOTE } from "./pattern-answer";

export type NamePatternsInput = Guided & {
  /** The seeds; an answer names them by their place in this list, from 1. */
  pairs: (PairExample & { id: string })[];
  known: string[];
  seed: number;
};

const Answer = z.object({
  patterns: z
    .array(
      z.object({
        name: answerText(120),
        definition: answerText(2000),
        category: z.enum(PATTERN_CATEGORIES),
        pairs: z.array(z.number().int()),
      }),
    )
    .max(50),
});
export type NamePatternsAnswer = z.infer<typeof Answer>;

const SYSTEM = `You help researchers to understand which pairs of concepts text-to-image models fail to draw together.
A pattern is a way in which two kinds of things fail together: a class of A, a class of B, and what is drawn instead.
${CATEGORY_NOTE}
${GUIDANCE_NOTE}
${DATA_NOTE}`;

export const namePatterns: ExchangeContract<NamePatternsInput, NamePatternsAnswer> = {
  purpose: "name_patterns",
  version: "name-patterns/1",
  messages: (input) => [
    { role: "system", content: SYSTEM },
    {
      role: "user",
      content: `${delimited({
        pairs: input.pairs.map(({ a, b, latent }, index) => ({ number: index + 1, a, b, latent })),
        names_in_use: input.known,
        ...guidanceData(input),
      })}
Name the patterns behind these pairs: as few as explain them, each with at least two pairs where you can. Put a pair into one pattern at most; leave out a pair that fits none.
Answer as {"patterns": [{"name": "...", "definition": "what A is, what B is, what is drawn instead", "category": "lcmis" or "traditional", "pairs": [numbers of its pairs]}]}.`,
    },
  ],
  schema: Answer,
  problems: ({ patterns }, { pairs, known }) => [
    ...(patterns.length === 0 ? ["It names no pattern"] : []),
    ...nameProblems(patterns, known),
    ...numberProblems(patterns, pairs.length),
  ],
};

function nameProblems(
  patterns: NamePatternsAnswer["patterns"],
  known: readonly string[],
): string[] {
  const taken = new Set(known.map(nameKey));
  return patterns.flatMap(({ name }) => {
    const key = nameKey(name);
    if (key === "") return ["A pattern has no name"];
    if (taken.has(key)) return [`The name “${name}” is taken`];
    taken.add(key);
    return [];
  });
}

function numberProblems(patterns: NamePatternsAnswer["patterns"], most: number): string[] {
  const placed = new Set<number>();
  return patterns.flatMap(({ name, pairs }) =>
    pairs.flatMap((number) => {
      if (number < 1 || number > most) return [`“${name}” names pair ${number}; there are ${most}`];
      if (placed.has(number)) return [`Pair ${number} stands in two patterns`];
      placed.add(number);
      return [];
    }),
  );
}
