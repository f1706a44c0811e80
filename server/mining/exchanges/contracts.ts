import type { ExchangePurpose } from "@/db/enums";
import { conceptSets } from "./concept-sets";
import type { ExchangeContract } from "./contract";
import { describeConcepts } from "./describe-concepts";
import { drawingOrder } from "./drawing-order";
import { expandPattern } from "./expand-pattern";
import { findPhrases } from "./find-phrases";
import { guessLatent } from "./guess-latent";
import { mergePatterns } from "./merge-patterns";
import { namePatterns } from "./name-patterns";
import { proposePatterns } from "./propose-patterns";
import { rewordPrompts } from "./reword-prompts";
import { writePrompts } from "./write-prompts";

/** Every question that is put to an LLM. */
export const contracts = {
  expand_pattern: expandPattern,
  write_prompts: writePrompts,
  name_patterns: namePatterns,
  guess_latent: guessLatent,
  drawing_order: drawingOrder,
  describe_concepts: describeConcepts,
  find_phrases: findPhrases,
  reword_prompts: rewordPrompts,
  propose_patterns: proposePatterns,
  concept_sets: conceptSets,
  merge_patterns: mergePatterns,
} satisfies { [P in ExchangePurpose]: { purpose: ExchangePurpose } };

/** The contract of a purpose that is known only at run time: its input is the one an exchange was stored with. */
export const contractOf = (purpose: ExchangePurpose): ExchangeContract<unknown, unknown> =>
  contracts[purpose] as unknown as ExchangeContract<unknown, unknown>;
