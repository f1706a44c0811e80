import type { ExchangePurpose } from "@/db/enums";

/** What the LLM was asked to do. */
export const PURPOSE_WORDS = {
  expand_pattern: "Propose pairs",
  write_prompts: "Write prompts",
  name_patterns: "Name patterns from seeds",
  guess_latent: "Guess what appears instead",
  drawing_order: "Say what to draw first",
  describe_concepts: "Describe the concepts",
  find_phrases: "Find the phrases of the concepts",
  reword_prompts: "Reword the prompts",
  propose_patterns: "Propose patterns",
  concept_sets: "List two sets of concepts",
  merge_patterns: "Cross two patterns",
} as const satisfies Record<ExchangePurpose, string>;
