import { z } from "zod";
import { comparableWords } from "../domain/concept";
import { headNoun } from "../domain/head-noun";
import { wordCount } from "../domain/prompt-checks";
import {
  answerText,
  DATA_NOTE,
  delimited,
  type ExchangeContract,
  GUIDANCE_NOTE,
  type Guided,
  guidanceData,
} from "./contract";

export type DescribeInput = Guided & { a: string; b: string };

export const DESCRIPTION_WORDS = { least: 4, most: 8 } as const;

const Answer = z.object({ a: answerText(300), b: answerText(300) });
export type DescribeAnswer = z.infer<typeof Answer>;

const SYSTEM = `You describe things by what one sees of them, for a model that compares pictures with texts.
${GUIDANCE_NOTE}
${DATA_NOTE}`;

export const describeConcepts: ExchangeContract<DescribeInput, DescribeAnswer> = {
  purpose: "describe_concepts",
  version: "describe-concepts/2",
  messages: ({ a, b, guidance }) => [
    { role: "system", content: SYSTEM },
    {
      role: "user",
      content: `${delimited({ a, b, ...guidanceData({ guidance }) })}
Describe A alone and B alone, each in ${DESCRIPTION_WORDS.least} to ${DESCRIPTION_WORDS.most} words: shape, material, colour, parts.
Do not use the noun that names the thing: a tea cup is a "small ceramic vessel with a handle".
Answer as {"a": "...", "b": "..."}.`,
    },
  ],
  schema: Answer,
  problems: (answer, input) => [
    ...descriptionProblems("A", answer.a, input.a),
    ...descriptionProblems("B", answer.b, input.b),
  ],
};

function descriptionProblems(side: "A" | "B", text: string, concept: string): string[] {
  const { least, most } = DESCRIPTION_WORDS;
  const words = wordCount(text);
  const head = headNoun(concept);
  return [
    ...(words < least || words > most
      ? [`The description of ${side} has ${words} words; ${least} to ${most} are wanted`]
      : []),
    ...(head && comparableWords(text).includes(head)
      ? [`The description of ${side} uses “${head}”, which names it`]
      : []),
  ];
}
