import { z } from "zod";
import { checkConcept } from "../domain/check-pair";
import { conceptKey } from "../domain/concept";
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

export type ConceptSetsInput = Guided &
  Drawable & {
    pattern: { name: string; definition: string };
    examples: PairExample[];
    /** How many concepts a set holds. */
    n: number;
    seed: number;
  };

export const CONCEPTS_IN_SET = 20;
/**
 * Of those asked for, the least that make a set: half. What there is may be used up (a family of the offline
 * proposer holds twelve), and ten by ten are still a hundred combinations to choose from.
 */
const LEAST_SHARE = 0.5;

const Answer = z.object({ a: z.array(answerText(300)), b: z.array(answerText(300)) });
export type ConceptSetsAnswer = z.infer<typeof Answer>;

const SYSTEM = `You help researchers to find pairs of concepts that text-to-image models fail to draw together.
A person will combine the concepts that you list: one of the first set with one of the second. Each must be a concrete thing that is easy to draw alone, in one to four words.
${GUIDANCE_NOTE}
${DATA_NOTE}`;

export const conceptSets: ExchangeContract<ConceptSetsInput, ConceptSetsAnswer> = {
  purpose: "concept_sets",
  version: "concept-sets/2",
  messages: ({ pattern, examples, n, guidance, drawable }) => [
    { role: "system", content: SYSTEM },
    {
      role: "user",
      content: `${delimited({ pattern, examples, ...drawableData({ drawable }), ...guidanceData({ guidance }) })}
List exactly ${n} different concepts that can be the A of this pattern, and exactly ${n} that can be its B. Choose them so that most combinations would surprise a painter.${drawableNote({ drawable })}
Answer as {"a": ["..."], "b": ["..."]}.`,
    },
  ],
  schema: Answer,
  problems: ({ a, b }, { n }) => [...setProblems("A", a, n), ...setProblems("B", b, n)],
};

function setProblems(side: "A" | "B", concepts: readonly string[], n: number): string[] {
  const seen = new Set<string>();
  const wrong = concepts.flatMap((concept, index) => {
    const problem = checkConcept(side, concept);
    if (problem) return [`Set ${side}, ${index + 1}: ${problem}`];
    const key = conceptKey(concept);
    if (seen.has(key)) return [`Set ${side} lists “${concept}” twice`];
    seen.add(key);
    return [];
  });
  const isEnough = concepts.length >= n * LEAST_SHARE && concepts.length <= n;
  const count = isEnough
    ? []
    : [`Set ${side} holds ${concepts.length} concepts; ${n} were asked for`];
  return [...count, ...wrong];
}
