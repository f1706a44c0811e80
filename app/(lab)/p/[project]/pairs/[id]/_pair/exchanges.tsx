import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";
import type { Detail } from "./detail";

export type ExchangesProps = { project: string; detail: Detail };

const PURPOSE = {
  expand_pattern: "Proposed the pair",
  write_prompts: "Wrote the prompts",
  name_patterns: "Named patterns from seeds",
  guess_latent: "Guessed what appears instead",
  drawing_order: "Said what to draw first",
  describe_concepts: "Described the concepts",
  find_phrases: "Found the phrases",
  reword_prompts: "Reworded the prompts",
  propose_patterns: "Proposed patterns",
  concept_sets: "Listed two sets of concepts",
  merge_patterns: "Crossed two patterns",
} as const;

/** Every call to the language model behind this pair; each opens with its messages. */
export function Exchanges({ project, detail: { pair, exchanges } }: ExchangesProps) {
  return (
    <section className="mb-5">
      <h2 className="mb-1.5 flex items-baseline gap-2.5">
        LLM calls
        <Link href={`/p/${project}/exchanges`} className="link text-12 font-normal">
          All of the project
        </Link>
      </h2>
      {pair.rationale ? (
        <p className="mb-1 text-12">It was proposed because: {pair.rationale}</p>
      ) : null}
      {exchanges.length === 0 ? (
        <p className="text-12 text-ink-3">None: the pair and its prompts were written by people.</p>
      ) : (
        <ul className="divide-y divide-line text-12">
          {exchanges.map((exchange) => (
            <li key={exchange.id} className="flex items-center gap-x-3 py-1.5 max-md:flex-wrap">
              <Link href={`/p/${project}/exchanges/${exchange.id}`} className="link">
                {PURPOSE[exchange.purpose]}
                {exchange.repairsId ? ", repair" : ""}
              </Link>
              <span className="truncate text-ink-3">
                {exchange.model}, {exchange.templateVersion}
              </span>
              <span className="ml-auto whitespace-nowrap text-ink-3">
                {tokenWords(exchange)}
                {exchange.latencyMs === null ? "" : `, ${(exchange.latencyMs / 1000).toFixed(1)} s`}
              </span>
              <Outcome outcome={exchange.outcome} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function tokenWords({ tokensIn, tokensOut }: Detail["exchanges"][number]): string {
  return tokensIn || tokensOut ? `${tokensIn ?? 0} + ${tokensOut ?? 0} tokens` : "no tokens";
}

function Outcome({ outcome }: { outcome: Detail["exchanges"][number]["outcome"] }) {
  if (outcome === "parsed") return <StateLabel kind="done">read</StateLabel>;
  if (outcome === "pending") return <StateLabel kind="rendering">asked</StateLabel>;
  return <StateLabel kind="failed">{outcome}</StateLabel>;
}
