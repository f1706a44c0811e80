import { z } from "zod";
import { checkPrompts, PROMPT_COUNT, type PromptSubject } from "../domain/prompt-checks";
import {
  answerText,
  DATA_NOTE,
  delimited,
  type ExchangeContract,
  GUIDANCE_NOTE,
  type Guided,
  guidanceData,
  type KnownWords,
} from "./contract";

export type WritePromptsInput = Guided & KnownWords & PromptSubject;

const Answer = z.object({ prompts: z.array(answerText(2000)) });
export type PromptsAnswer = z.infer<typeof Answer>;

const SYSTEM = `You write prompts for text-to-image models.
Each prompt describes one picture in which both concepts are plainly visible, in the given words.
${GUIDANCE_NOTE}
${DATA_NOTE}`;

const WORDS_NOTE =
  "\nThe generator knows no other words than those of the list “words” in the data: write in them, as short as that asks, and each prompt still longer than the one before.";

export const writePrompts: ExchangeContract<WritePromptsInput, PromptsAnswer> = {
  purpose: "write_prompts",
  version: "write-prompts/3",
  messages: ({ a, b, latent, words, guidance }) => [
    { role: "system", content: SYSTEM },
    {
      role: "user",
      content: `${delimited({
        a,
        b,
        ...(latent ? { never_mention: latent } : {}),
        ...(words && { words }),
        ...guidanceData({ guidance }),
      })}
Write exactly ${PROMPT_COUNT} different prompts, each longer and richer than the one before, from about 5 words to about 35.
Every prompt contains A and B in these words. Say what is there, never what is absent.${words ? WORDS_NOTE : ""}
Answer as {"prompts": ["...", "...", "...", "...", "..."]}.`,
    },
  ],
  schema: Answer,
  problems: ({ prompts }, subject) =>
    checkPrompts(prompts, subject).map(({ position, problem }) =>
      position === null ? problem : `Prompt ${position}: ${problem}`,
    ),
};
