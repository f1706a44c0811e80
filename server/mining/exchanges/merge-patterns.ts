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

export type MergePatternsInput = Guided &
  Drawable & {
    parents: [PatternWithYield, PatternWithYield];
    known: string[];
    seed: number;
  };

const CROSSED = 2;
const Answer = z.object({ patterns: z.array(PatternAnswer) });
export type MergePatternsAnswer = z.infer<typeof Answer>;

const SYSTEM = `You help researchers to cross two known ways in which text-to-image models fail to draw two concepts together.
Each pattern has a class of A and a class of B. Crossing them pairs a class of the one with a class of the other: "beverage and wrong container" and "jewellery and wrong storage" give "beverage in jewellery storage" and "jewellery in beverage container".
${CATEGORY_NOTE}
${GUIDANCE_NOTE}
${DATA_NOTE}`;

export const mergePatterns: ExchangeContract<MergePatternsInput, MergePatternsAnswer> = {
  purpose: "merge_patterns",
  version: "merge-patterns/2",
  messages: (input) => [
    { role: "system", content: SYSTEM },
    {
      role: "user",
      content: `${delimited({
        parents: input.parents.map(({ successes, failures, ...pattern }) => ({
          ...pattern,
          never_drawn_right: successes,
          drawn_well: failures,
        })),
        names_in_use: input.known,
        ...drawableData(input),
        ...guidanceData(input),
      })}
Cross these two patterns into exactly ${CROSSED} new ones, each with concepts of one parent on one side and concepts of the other parent on the other side. Give three example pairs each, and say what comes from which parent.${drawableNote(input)}
Answer as {"patterns": [${PATTERN_FORM}]}.`,
    },
  ],
  schema: Answer,
  problems: ({ patterns }, { known }) => [
    ...(patterns.length === CROSSED
      ? []
      : [`It holds ${patterns.length} patterns; exactly ${CROSSED} were asked for`]),
    ...patternProblems(patterns, known),
  ],
};
