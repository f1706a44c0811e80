import { z } from "zod";
import {
  answerText,
  DATA_NOTE,
  delimited,
  type ExchangeContract,
  GUIDANCE_NOTE,
  type Guided,
  guidanceData,
} from "./contract";

export type DrawingOrderInput = Guided & {
  a: string;
  b: string;
  latent: string | null;
  /** One prompt of the pair, when it has any. */
  prompt: string | null;
};

const Answer = z.object({ first: z.enum(["a", "b"]), reason: answerText(2000) });
export type DrawingOrderAnswer = z.infer<typeof Answer>;

const SYSTEM = `You help to draw two concepts in one picture, one after the other.
The concept that is easily lost, or that a person would naturally draw first so that the other can be put to it, comes first.
${GUIDANCE_NOTE}
${DATA_NOTE}`;

export const drawingOrder: ExchangeContract<DrawingOrderInput, DrawingOrderAnswer> = {
  purpose: "drawing_order",
  version: "drawing-order/2",
  messages: ({ a, b, latent, prompt, guidance }) => [
    { role: "system", content: SYSTEM },
    {
      role: "user",
      content: `${delimited({
        a,
        b,
        ...(latent ? { often_drawn_instead: latent } : {}),
        ...(prompt ? { prompt } : {}),
        ...guidanceData({ guidance }),
      })}
Say which of the two should be drawn first.
Answer as {"first": "a" or "b", "reason": "one sentence"}.`,
    },
  ],
  schema: Answer,
  problems: () => [],
};
