import type { PairQuestion } from "@/server/mining/domain/inquiry-input";
import type { Detail } from "./detail";

type Told = keyof Detail["added"]["sources"];

const TOLD: Record<Exclude<PairQuestion, "guess_latent">, Told> = {
  drawing_order: "order",
  describe_concepts: "descriptions",
  find_phrases: "phrases",
  reword_prompts: "rewording",
};

// What a method is told where nobody has said anything.
const DEFAULTS: Record<Told, (a: string) => string> = {
  order: (a) => `Default: ${a} first, as the pair has it`,
  descriptions: () => "Default: the concepts' names alone",
  phrases: () => "Default: none; a method that draws twice has them asked for",
  rewording: () => "Default: none; a control in other words needs them",
};

/** Whose words methods are told of a pair. What is seen instead is told to none. */
export function sourceWords(
  purpose: PairQuestion,
  {
    pair,
    added,
  }: { pair: Pick<Detail["pair"], "conceptA">; added: Pick<Detail["added"], "sources"> },
): string | null {
  if (purpose === "guess_latent") return null;
  const told = TOLD[purpose];
  const source = added.sources[told];
  if (source === "default") return DEFAULTS[told](pair.conceptA);
  return source === "human" ? "A person's words" : "The proposer's answer";
}
