import { z } from "zod";
import { comparableWords } from "../domain/concept";
import { names, PROMPT_MAX_CHARS } from "../domain/prompt-checks";
import {
  answerText,
  DATA_NOTE,
  delimited,
  type ExchangeContract,
  GUIDANCE_NOTE,
  type Guided,
  guidanceData,
} from "./contract";

export type RewordInput = Guided & {
  a: string;
  b: string;
  latent: string | null;
  /** The newest prompts of the pair, in their order, and those that its Levels were found with. */
  prompts: readonly string[];
};

const Answer = z.object({ prompts: z.array(answerText(2000)) });
export type RewordAnswer = z.infer<typeof Answer>;

const SYSTEM = `You rewrite prompts for a text-to-image model that tends to lose one of two concepts.
A rewritten prompt asks for the same picture in words that make both concepts harder to lose: what each looks like, where it is, how they touch.
${GUIDANCE_NOTE}
${DATA_NOTE}`;

export const rewordPrompts: ExchangeContract<RewordInput, RewordAnswer> = {
  purpose: "reword_prompts",
  version: "reword-prompts/1",
  messages: ({ a, b, latent, prompts, guidance }) => [
    { role: "system", content: SYSTEM },
    {
      role: "user",
      content: `${delimited({
        a,
        b,
        ...(latent ? { never_mention: latent } : {}),
        prompts,
        ...guidanceData({ guidance }),
      })}
Rewrite each of the ${prompts.length} prompts, in this order. Keep its scene, and keep A and B in these words. Say what is there, never what is absent, in at most 60 words.
Answer as {"prompts": [${prompts.map(() => '"..."').join(", ")}]}.`,
    },
  ],
  schema: Answer,
  problems: ({ prompts }, input) =>
    prompts.length === input.prompts.length
      ? prompts.flatMap((text, i) =>
          problemsOf(text, input.prompts[i] ?? "", input).map(
            (problem) => `Prompt ${i + 1}: ${problem}`,
          ),
        )
      : [`${prompts.length} prompts came back; ${input.prompts.length} were given`],
};

function problemsOf(text: string, before: string, { a, b, latent }: RewordInput): string[] {
  const isSame = comparableWords(text).join(" ") === comparableWords(before).join(" ");
  return [
    ...(text.length > PROMPT_MAX_CHARS ? [`it is longer than ${PROMPT_MAX_CHARS} characters`] : []),
    ...[a, b].flatMap((concept) => (names(text, concept) ? [] : [`it does not show “${concept}”`])),
    ...(latent && names(text, latent) && !names(before, latent)
      ? [`it names the latent concept “${latent}”`]
      : []),
    ...(isSame ? ["it is the prompt that was given"] : []),
  ];
}
