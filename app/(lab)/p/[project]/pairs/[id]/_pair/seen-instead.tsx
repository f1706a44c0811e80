import { StateLabel } from "@/app/_ui/state-label";
import { LatentPrecision } from "../../../_figures/latent-precision";
import type { Detail } from "./detail";

export type SeenInsteadProps = { project: string; detail: Detail };

const MATCH_WORDS = {
  exact: "the same",
  lexical: "the same but for spelling or order",
  head: "one is a kind of the other",
} as const;

/** What was expected instead beside what raters saw; only after they have submitted. */
export function SeenInstead({ project, detail: { pattern, seen } }: SeenInsteadProps) {
  const [first] = seen;
  if (!first) return null;
  return (
    <section className="mb-5">
      <h2 className="mb-1.5">What stood in its place</h2>
      <p className="text-13">
        {first.isOfLlm ? "LLM guessed" : "Expected"}: <b>{first.expected ?? "nothing named"}</b>
      </p>
      <ul className="mt-1 divide-y divide-line text-13">
        {seen.map((sight) => (
          <li key={sight.id} className="flex flex-wrap items-center gap-x-3 py-1.5">
            <span>
              {sight.rater} saw: <b>{sight.seen}</b>
            </span>
            <span className="ml-auto text-12">
              {sight.match ? (
                <StateLabel kind="done">Match: {MATCH_WORDS[sight.match]}</StateLabel>
              ) : (
                <StateLabel kind="info">
                  {sight.expected ? "Another thing" : "No guess to compare"}
                </StateLabel>
              )}
            </span>
          </li>
        ))}
      </ul>
      <div className="mt-2">
        <LatentPrecision project={project} patternId={pattern.id} />
      </div>
    </section>
  );
}
