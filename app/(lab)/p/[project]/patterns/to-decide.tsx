import { GitMerge, Sparkles, Sprout } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button-link";
import { Link } from "@/app/_ui/link";
import type { ListedPattern } from "@/server/mining/list-patterns";

export type ToDecideProps = {
  project: string;
  proposed: readonly ListedPattern[];
  nameOf: (patternId: string) => string;
};

/** Proposed patterns: nothing is asked of them until a person has approved them. */
export function ToDecide({ project, proposed, nameOf }: ToDecideProps) {
  if (proposed.length === 0) return null;
  return (
    <section aria-label="Patterns to decide on" className="panel mb-3 divide-y divide-line">
      {proposed.map((pattern, index) => (
        <div
          key={pattern.id}
          className="flex items-start gap-4 px-3.5 py-2 max-md:flex-col max-md:gap-1.5"
        >
          <Origin pattern={pattern} />
          <span className="min-w-0 flex-1 wrap-anywhere">
            <Link
              href={`/p/${project}/patterns/${pattern.id}`}
              className="font-bold text-ink hover:underline"
            >
              {pattern.name}
            </Link>
            {pattern.parentIds.length > 0 ? (
              <span className="text-ink-2"> of {pattern.parentIds.map(nameOf).join(" × ")}</span>
            ) : null}
            <span className="line-clamp-1 small-print">{pattern.definition}</span>
          </span>
          <ButtonLink
            size={26}
            variant={index === 0 ? "primary" : "outlined"}
            href={`/p/${project}/patterns/${pattern.id}`}
          >
            Decide
          </ButtonLink>
        </div>
      ))}
    </section>
  );
}

const ORIGIN = {
  1: { icon: Sprout, word: "From seeds" },
  3: { icon: Sparkles, word: "New pattern" },
  4: { icon: GitMerge, word: "Crossing" },
};

function Origin({ pattern: { phase } }: { pattern: ListedPattern }) {
  const { icon: Icon, word } = phase === 1 || phase === 4 ? ORIGIN[phase] : ORIGIN[3];
  return (
    <span className="inline-flex w-28 shrink-0 items-center gap-[5px] pt-0.5 text-12 text-ink-2">
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {word}
    </span>
  );
}
