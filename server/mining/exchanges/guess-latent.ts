import { z } from "zod";
import { checkPair } from "../domain/check-pair";
import {
  answerText,
  DATA_NOTE,
  delimited,
  type ExchangeContract,
  GUIDANCE_NOTE,
  type Guided,
  guidanceData,
} from "./contract";

export type GuessLatentInput = Guided & {
  a: string;
  b: string;
  pattern: { name: string; definition: string };
};

const Answer = z.object({ latent: answerText(300), reason: answerText(2000) });
export type GuessLatentAnswer = z.infer<typeof Answer>;

const SYSTEM = `You help researchers to understand what text-to-image models draw when they are asked for two concepts that seldom meet.
A third, unnamed concept C is often so strongly tied to one of the two that it takes the other's place: asked for iced coke in a tea cup, models draw a glass.
${GUIDANCE_NOTE}
${DATA_NOTE}`;

export const guessLatent: ExchangeContract<GuessLatentInput, GuessLatentAnswer> = {
  purpose: "guess_latent",
  version: "guess-latent/2",
  messages: ({ a, b, pattern, guidance }) => [
    { role: "system", content: SYSTEM },
    {
      role: "user",
      content: `${delimited({ a, b, pattern, ...guidanceData({ guidance }) })}
Name the one concrete thing C that would most likely be drawn in place of A or B, in one to four words, and say why.
Answer as {"latent": "...", "reason": "one sentence"}.`,
    },
  ],
  schema: Answer,
  problems: ({ latent }, { a, b }) => {
    if (latent === "") return ["It names no concept"];
    const problem = checkPair({ a, b, latent });
    return problem ? [problem] : [];
  },
};
