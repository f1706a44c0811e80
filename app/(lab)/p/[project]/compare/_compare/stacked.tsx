import { cx } from "@/app/_ui/cx";
import { LEVELS } from "@/server/comparison/domain/level-counts";

const FILL = [
  "bg-level-1 text-level-1-ink border-level-1-edge",
  "bg-level-2 text-level-2-ink border-level-2-edge",
  "bg-level-3 text-level-3-ink border-level-3-edge",
  "bg-level-4 text-level-4-ink border-level-4-edge",
  "bg-level-5 text-level-5-ink border-level-5-edge",
];

/** Level 1 from the left, Level 5 to the right; each part says how many pairs it is. */
export function Stacked({ counts, rated }: { counts: readonly number[]; rated: number }) {
  if (rated === 0) return <span className="small-print">not rated</span>;
  const words = counts.map((count, at) => `Level ${at + 1}: ${count}`).join(", ");
  return (
    <div role="img" aria-label={words} title={words} className="flex h-[22px] gap-0.5">
      {counts.map((count, at) =>
        count === 0 ? null : (
          <span
            key={LEVELS[at]}
            style={{ flexGrow: count, flexBasis: 0 }}
            className={cx("grid min-w-4 place-items-center rounded-1 border text-11", FILL[at])}
          >
            {count}
          </span>
        ),
      )}
    </div>
  );
}
