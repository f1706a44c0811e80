import { z } from "zod";
import { standsIn } from "../domain/stands-in";
import {
  answerText,
  DATA_NOTE,
  delimited,
  type ExchangeContract,
  GUIDANCE_NOTE,
  type Guided,
  guidanceData,
} from "./contract";

export type FindPhrasesInput = Guided & { a: string; b: string; prompts: readonly string[] };

/** RealignDiff's three scores: certain, possible, unlikely to be seen. */
const Found = z.object({
  phrase: answerText(400),
  score: z.union([z.literal(2), z.literal(0.5), z.literal(0)]),
});
const Answer = z.object({ prompts: z.array(z.object({ a: Found, b: Found })) });
export type FindPhrasesAnswer = z.infer<typeof Answer>;

// The two instructions of the paper's Table 4, in one question for all prompts of a pair.
const SYSTEM = `You are a helpful assistant for text2image attribute binding.
For each thing you find the phrase that stands for it in a prompt, with its attributes, in whole words and as it stands there: for “book” in “a red book beside a yellow pen” that is “a red book”.
You also score how surely a picture of the prompt shows the thing: 2 if it is certain to appear, 0.5 if it may appear, 0 if it is unlikely.
${GUIDANCE_NOTE}
${DATA_NOTE}`;

export const findPhrases: ExchangeContract<FindPhrasesInput, FindPhrasesAnswer> = {
  purpose: "find_phrases",
  version: "find-phrases/2",
  messages: ({ a, b, prompts, guidance }) => [
    { role: "system", content: SYSTEM },
    {
      role: "user",
      content: `${delimited({ a, b, prompts, ...guidanceData({ guidance }) })}
For each of the ${prompts.length} prompts, in this order, give the phrase and the score of A and of B.
Answer as {"prompts": [{"a": {"phrase": "...", "score": 2}, "b": {"phrase": "...", "score": 2}}, ...]}.`,
    },
  ],
  schema: Answer,
  problems: ({ prompts }, input) =>
    prompts.length === input.prompts.length
      ? prompts.flatMap(({ a, b }, i) => [
          ...strayPhrase(a.phrase, input.prompts[i] ?? "", i + 1),
          ...strayPhrase(b.phrase, input.prompts[i] ?? "", i + 1),
        ])
      : [`There are ${prompts.length} answers; ${input.prompts.length} prompts were given`],
};

function strayPhrase(phrase: string, prompt: string, number: number): string[] {
  if (phrase.trim() === "") return [`Prompt ${number}: a phrase is empty`];
  return standsIn(phrase, prompt) ? [] : [`Prompt ${number}: “${phrase}” does not stand in it`];
}
