import { z } from "zod";
import { PATTERN_CATEGORIES } from "@/db/enums";
import { checkPair } from "../domain/check-pair";
import { nameKey } from "../domain/name-key";
import { answerText, type PairExample } from "./contract";

/** A pattern as the LLM is shown it: with what it brought so far. */
export type PatternWithYield = {
  name: string;
  definition: string;
  category: (typeof PATTERN_CATEGORIES)[number];
  rated: number;
  level5: number;
  successes: PairExample[];
  failures: PairExample[];
};

export const PatternAnswer = z.object({
  name: answerText(120),
  definition: answerText(2000),
  category: z.enum(PATTERN_CATEGORIES),
  /** How it differs from what is there, or what it takes from each parent. */
  difference: answerText(2000),
  examples: z
    .array(z.object({ a: answerText(300), b: answerText(300), latent: answerText(300).nullish() }))
    .max(10),
});
export type PatternAnswer = z.infer<typeof PatternAnswer>;

export const PATTERN_FORM = `{"name": "...", "definition": "what A is, what B is, what is drawn instead", "category": "lcmis" or "traditional", "difference": "...", "examples": [{"a": "...", "b": "...", "latent": "the C you expect"}]}`;

export const CATEGORY_NOTE =
  "Category “lcmis”: a third, unnamed concept C takes the place of A or B. Category “traditional”: one of the two is dropped, or both are mixed, without such a C.";

/** What is wrong with newly named patterns, beside those that are there already. */
export function patternProblems(
  found: readonly PatternAnswer[],
  known: readonly string[],
): string[] {
  const taken = new Set(known.map(nameKey));
  return found.flatMap((pattern, index) => {
    const at = `Pattern ${index + 1}`;
    const key = nameKey(pattern.name);
    const name =
      key === ""
        ? [`${at} has no name`]
        : taken.has(key)
          ? [`${at}: the name “${pattern.name}” is taken`]
          : [];
    taken.add(key);
    const definition = pattern.definition === "" ? [`${at} has no definition`] : [];
    const empty = pattern.examples.length === 0 ? [`${at} has no example pair`] : [];
    const examples = pattern.examples.flatMap((pair, number) => {
      const problem = checkPair(pair);
      return problem ? [`${at}, example ${number + 1}: ${problem}`] : [];
    });
    return [...name, ...definition, ...empty, ...examples];
  });
}

/** The example pairs that a proposed pattern came with, as its row keeps them. */
export const PatternExamples = z.array(
  z.object({ a: z.string(), b: z.string(), latent: z.string().nullable() }),
);
