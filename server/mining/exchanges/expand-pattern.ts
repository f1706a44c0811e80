import { z } from "zod";
import { DATA_NOTE, delimited, type ExchangeContract } from "./contract";

export type ExpandInput = {
  pattern: { name: string; definition: string };
  exemplars: { a: string; b: string; latent: string | null }[];
  /** Proposed before and turned down, with the reason: what not to do again. */
  rejected: { a: string; b: string; reason: string }[];
  n: number;
  seed: number;
};

const text = (max: number) => z.string().trim().max(max);
const Answer = z.object({
  pairs: z.array(
    z.object({
      a: text(300),
      b: text(300),
      latent: text(300).nullish(),
      reason: text(2000).nullish(),
    }),
  ),
});
export type ExpandAnswer = z.infer<typeof Answer>;

const SYSTEM = `You help researchers to find pairs of concepts that text-to-image models fail to draw together.
Each concept alone is easy to draw, but a third, unnamed concept C is so strongly tied to one of them that it takes the other's place:
asked for iced coke in a tea cup, models draw a glass.
Propose pairs of concrete, drawable things of two to four words at most. A and B must differ, C must be neither of them.
${DATA_NOTE}`;

export const expandPattern: ExchangeContract<ExpandInput, ExpandAnswer> = {
  purpose: "expand_pattern",
  version: "expand-pattern/1",
  messages: ({ pattern, exemplars, rejected, n }) => [
    { role: "system", content: SYSTEM },
    {
      role: "user",
      content: `${delimited({ pattern, examples: exemplars, turned_down: rejected })}
Propose exactly ${n} new pairs of this pattern, none of them among the examples.
Answer as {"pairs": [{"a": "...", "b": "...", "latent": "the C you expect", "reason": "one sentence"}]}.`,
    },
  ],
  schema: Answer,
  problems: ({ pairs }, { n }) =>
    pairs.length === n ? [] : [`It holds ${pairs.length} pairs; exactly ${n} were asked for`],
};
