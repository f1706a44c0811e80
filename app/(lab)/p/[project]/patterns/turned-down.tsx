import { Link } from "@/app/_ui/link";
import type { ListedPattern } from "@/server/mining/list-patterns";

export type TurnedDownProps = {
  project: string;
  patterns: readonly ListedPattern[];
  nameOf: (patternId: string) => string;
};

/** Rejected and merged patterns: their names stay taken, so they can be looked up. */
export function TurnedDown({ project, patterns, nameOf }: TurnedDownProps) {
  if (patterns.length === 0) return null;
  return (
    <details className="mt-3 text-13">
      <summary className="cursor-pointer text-ink-2 hover:text-ink">
        {patterns.length} rejected or merged
      </summary>
      <ul className="mt-1.5 grid gap-1 pl-4">
        {patterns.map(({ id, name, mergedIntoId }) => (
          <li key={id}>
            <Link href={`/p/${project}/patterns/${id}`} className="link">
              {name}
            </Link>{" "}
            <span className="text-ink-3">
              {mergedIntoId ? `merged into ${nameOf(mergedIntoId)}` : "rejected"}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
