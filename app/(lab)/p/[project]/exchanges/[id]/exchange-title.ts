import type { ExchangeDetail } from "@/server/mining/exchange-detail";

type Titled = Pick<ExchangeDetail, "purpose" | "batch" | "pair" | "inquiry">;

export function exchangeTitle({ purpose, batch, pair, inquiry }: Titled): string {
  const words = pair ? `${pair.a} × ${pair.b}` : (inquiry?.pattern ?? "");
  const titles = {
    expand_pattern: `Asked for pairs of ${batch?.pattern ?? "a pattern"}`,
    write_prompts: `Asked for prompts of ${words || "a pair"}`,
    name_patterns: "Asked for the patterns behind seeds",
    guess_latent: `Asked what appears instead in ${words}`,
    drawing_order: `Asked what to draw first in ${words}`,
    describe_concepts: `Asked for descriptions of ${words}`,
    find_phrases: `Asked which phrases stand for ${words}`,
    reword_prompts: `Asked for other words for the prompts of ${words}`,
    propose_patterns: "Asked for new patterns",
    concept_sets: `Asked for two sets of concepts of ${words}`,
    merge_patterns: `Asked to cross ${words} with another pattern`,
  } satisfies Record<Titled["purpose"], string>;
  return titles[purpose];
}
