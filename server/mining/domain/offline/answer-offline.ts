import type { ExchangePurpose } from "@/db/enums";
import type { ExpandInput } from "../../exchanges/expand-pattern";
import type { WritePromptsInput } from "../../exchanges/write-prompts";
import {
  describeOffline,
  guessOffline,
  orderOffline,
  phrasesOffline,
} from "./about-a-pair-offline";
import { drawableKeys } from "./drawable";
import { lexicon } from "./lexicon";
import { matchCrossing } from "./match-crossing";
import {
  conceptSetsOffline,
  mergeOffline,
  namePatternsOffline,
  proposePatternsOffline,
} from "./patterns-offline";
import { proposeOffline } from "./propose-offline";
import { writeOffline } from "./write-offline";

export type OfflineAnswer = { answer: unknown } | { refusal: string };

/** What the lexicon and a few rules say to each question, equal for equal questions. */
const ANSWERS = {
  expand_pattern: (input: ExpandInput) => {
    const { pattern, exemplars, n, seed } = input;
    const crossing = matchCrossing({ ...pattern, exemplars });
    const pairs = crossing ? proposeOffline(crossing, n, seed, drawableKeys(input)) : [];
    return pairs.length > 0 ? { pairs } : null;
  },
  write_prompts: ({ a, b, words }: WritePromptsInput) => ({ prompts: writeOffline(a, b, words) }),
  name_patterns: namePatternsOffline,
  guess_latent: guessOffline,
  drawing_order: orderOffline,
  describe_concepts: describeOffline,
  find_phrases: phrasesOffline,
  reword_prompts: () => null,
  propose_patterns: proposePatternsOffline,
  concept_sets: conceptSetsOffline,
  merge_patterns: mergeOffline,
} satisfies { [P in ExchangePurpose]: (input: never) => object | null };

const families = lexicon.families.map(({ label }) => label).join("; ");
const KNOWS = `The offline proposer knows only four families (${families})`;
const ELSE = "Set up an LLM in Settings";

const KEPT = "It proposes only what the generator under test can draw.";

const REFUSALS = {
  expand_pattern: `${KNOWS}, and this pattern is none of them, nor two of them crossed. ${ELSE}, or add pairs by hand.`,
  write_prompts: `${KNOWS}. ${ELSE}, or write the prompts by hand.`,
  name_patterns: `${KNOWS}, and these pairs belong to none of them. ${ELSE}, or name the patterns by hand.`,
  guess_latent: `${KNOWS}, and this pair belongs to none of them. ${ELSE}.`,
  drawing_order: `${KNOWS}. ${ELSE}.`,
  describe_concepts: `${KNOWS}, and describes only their words. ${ELSE}.`,
  find_phrases: `${KNOWS}, and finds no words of this pair in its prompts. ${ELSE}, or edit the phrases by hand.`,
  reword_prompts: `The offline proposer does not rewrite prompts. ${ELSE}, or reword them by hand.`,
  propose_patterns: `${KNOWS} and their crossings, and all of them have a pattern. ${ELSE}, or name a pattern by hand.`,
  concept_sets: `${KNOWS}, and this pattern is none of them. ${ELSE}.`,
  merge_patterns: `${KNOWS}, and these two patterns are not both among them. ${ELSE}, or name the crossed patterns by hand.`,
} satisfies Record<ExchangePurpose, string>;

/** `input` is that of the purpose's contract. */
export function answerOffline(purpose: ExchangePurpose, input: unknown): OfflineAnswer {
  const answer = ANSWERS[purpose](input as never);
  if (answer) return { answer };
  // It may know the words, and keep to those that the generator knows.
  const isKept = drawableKeys(Object(input)) !== null;
  return { refusal: isKept ? `${REFUSALS[purpose]} ${KEPT}` : REFUSALS[purpose] };
}
