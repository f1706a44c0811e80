import { z } from "zod";
import {
  DATA_NOTE,
  type Drawable,
  delimited,
  drawableData,
  drawableNote,
  type ExchangeContract,
  GUIDANCE_NOTE,
  type Guided,
  guidanceData,
} from "./contract";
import {
  CATEGORY_NOTE,
  PATTERN_FORM,
  PatternAnswer,
  type PatternWithYield,
  patternProblems,
} from "./pattern-answer";

export type ProposePatternsInput = Guided &
  Drawable & {
    patterns: PatternWithYield[];
    /** Names that stand for something else already: rejected, merged and retired patterns too. */
    known: string[];
    n: number;
    seed: number;
  };

const Answer = z.object({ patterns: z.array(PatternAnswer) });
export type ProposePatternsAnswer = z.infer<typeof Answer>;

const SYSTEM = `You help researchers to find new ways in which text-to-image models fail to draw two concepts together.
A pattern is a class of A, a class of B and what is drawn instead. The data lists the patterns they have, how many of their pairs were rated and how many of those were never drawn right (level5), with pairs that failed and pairs that were drawn well.
${CATEGORY_NOTE}
${GUIDANCE_NOTE}
${DATA_NOTE}`;

export const proposePatterns: ExchangeContract<ProposePatternsInput, ProposePatternsAnswer> = {
  purpose: "propose_patterns",
  version: "propose-patterns/2",
  messages: (input) => [
    { role: "system", content: SYSTEM },
    {
      role: "user",
      content: `${delimited({
        patterns: input.patterns.map(({ successes, failures, ...pattern }) => ({
          ...pattern,
          never_drawn_right: successes,
          drawn_well: failures,
        })),
        names_in_use: input.known,
        ...drawableData(input),
        ...guidanceData(input),
      })}
Propose exactly ${input.n} new patterns that none of these covers. Their concepts are concrete things that are easy to draw alone. Give three example pairs each, and say how the pattern differs from the nearest one in the list.${drawableNote(input)}
Answer as {"patterns": [${PATTERN_FORM}]}.`,
    },
  ],
  schema: Answer,
  problems: ({ patterns }, { n, known }) => [
    // Fewer are fine: what there is may be used up.
    ...(patterns.length >= 1 && patterns.length <= n
      ? []
      : [`It holds ${patterns.length} patterns; ${n} were asked for`]),
    ...patternProblems(patterns, known),
  ],
};
