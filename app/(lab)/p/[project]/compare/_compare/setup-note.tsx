import type { Comparison } from "@/server/comparison/show-comparison";
import { differsWords, isKnown } from "./differs-words";
import { nameOf } from "./words";

/** What else than its method tells each generator from the baseline: it may be that which repairs. */
export function SetupNote({ generators }: Pick<Comparison, "generators">) {
  return (
    <ul aria-label="Beside the method" className="mt-1.5 grid gap-0.5 text-12">
      {generators
        .filter(({ isBaseline }) => !isBaseline)
        .map((one) => (
          <li
            key={one.revisionId}
            className={one.differs.some(isKnown) ? "text-warn" : "text-ink-3"}
          >
            {nameOf(one)}: {differsWords(one.differs)}
          </li>
        ))}
    </ul>
  );
}
