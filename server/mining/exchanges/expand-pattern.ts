import { z } from "zod";
import {
  answerText,
  DATA_NOTE,
  type Drawable,
  delimited,
  drawableData,
  drawableNote,
  type ExchangeContract,
  GUIDANCE_NOTE,
  type Guided,
  guidanceData,
  type PairExample,
} from "./contract";

export type ExpandInput = Guided &
  Drawable & {
    pattern: { name: string; definition: string };
    /** Those that were never drawn right come first: they are what more is wanted of. */
    exemplars: (PairExample & { isProven: boolean })[];
    /** Rated or seen to be drawn well: what the proposer was wrong about. */
    drawnWell: { a: string; b: string }[];
    /** Proposed before and turned down, with the reason: what not to do again. */
    rejected: { a: string; b: string; reason: string }[];
    n: number;
    seed: number;
  };

/** Kept with the proposal for people to read. Nothing follows from it, so a pair is none the worse for a bad one. */
const extra = <T>(schema: z.ZodType<T>) => schema.nullish().catch(null);

const Answer = z.object({
  pairs: z.array(
    z.object({
      a: answerText(300),
      b: answerText(300),
      latent: answerText(300).nullish(),
      reason: answerText(2000).nullish(),
      checklist: extra(
        z.object({ a: answerText(300), b: answerText(300), relation: answerText(300) }),
      ),
      draw_first: extra(z.enum(["a", "b"])),
      confidence: extra(z.number().min(0).max(1)),
    }),
  ),
});
export type ExpandAnswer = z.infer<typeof Answer>;

const SYSTEM = `You help researchers to find pairs of concepts that text-to-image models fail to draw together.
Each concept alone is easy to draw, but a third, unnamed concept C is so strongly tied to one of them that it takes the other's place:
asked for iced coke in a tea cup, models draw a glass.
Propose pairs of concrete, drawable things of two to four words at most. A and B must differ, C must be neither of them.
The data may hold pairs that were never drawn right (proven), pairs that people accepted, pairs that were drawn well after all, and pairs that people turned down, each with the reason. Learn from all four.
${GUIDANCE_NOTE}
${DATA_NOTE}`;

export const expandPattern: ExchangeContract<ExpandInput, ExpandAnswer> = {
  purpose: "expand_pattern",
  version: "expand-pattern/4",
  messages: (input) => [
    { role: "system", content: SYSTEM },
    {
      role: "user",
      content: `${delimited(dataOf(input))}
Propose exactly ${input.n} new pairs of this pattern, none of them among those listed.${drawableNote(input)}
Answer as {"pairs": [{"a": "...", "b": "...", "latent": "the C you expect", "reason": "one sentence"}]}.
Where you can, add to a pair "checklist": {"a": "what shows A", "b": "what shows B", "relation": "how the two must stand to each other"}, "draw_first": "a" or "b", the one that a painter would begin with, and "confidence": from 0 to 1, how sure you are that the pair fails. Each may be left out.`,
    },
  ],
  schema: Answer,
  problems: ({ pairs }, { n }) =>
    pairs.length === n ? [] : [`It holds ${pairs.length} pairs; exactly ${n} were asked for`],
};

function dataOf(input: ExpandInput) {
  const shown = (isProven: boolean) =>
    input.exemplars
      .filter((pair) => pair.isProven === isProven)
      .map(({ a, b, latent }) => ({ a, b, latent }));
  return {
    pattern: input.pattern,
    proven: shown(true),
    accepted: shown(false),
    drawn_well: input.drawnWell,
    turned_down: input.rejected,
    ...drawableData(input),
    ...guidanceData(input),
  };
}
