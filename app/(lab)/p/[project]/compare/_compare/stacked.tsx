import { cx } from "@/app/_ui/cx";
import { LEVELS } from "@/server/comparison/domain/level-counts";
import { wholePercent } from "./words";

const FILL = [
  "bg-level-1 text-level-1-ink border-level-1-edge",
  "bg-level-2 text-level-2-ink border-level-2-edge",
  "bg-level-3 text-level-3-ink border-level-3-edge",
  "bg-level-4 text-level-4-ink border-level-4-edge",
  "bg-level-5 text-level-5-ink border-level-5-edge",
];

type StackedProps = {
  counts: readonly number[];
  rated: number;
  /** Of how many pairs; those without a Level stand at the end, so that bars can be compared. */
  of?: number;
};

/** Level 1 from the left, Level 5 to the right; each part says how many pairs it is, and which share of those with a Level. */
export function Stacked({ counts, rated, of = rated }: StackedProps) {
  if (rated === 0) return <span className="small-print">not rated</span>;
  const without = of - rated;
  const shareOf = (count: number) => `${wholePercent(count / rated)} %`;
  const words = [
    ...counts.map((count, at) => `Level ${at + 1}: ${count} (${shareOf(count)})`),
    ...(without > 0 ? [`no Level: ${without}`] : []),
  ].join(", ");
  return (
    <div role="img" aria-label={words} title={words} className="flex h-[22px] gap-0.5">
      {counts.map((count, at) =>
        count === 0 ? null : (
          <span
            key={LEVELS[at]}
            style={{ flexGrow: count, flexBasis: 0 }}
            className={cx(
              "@container grid min-w-4 place-items-center overflow-hidden rounded-1 border text-11",
              FILL[at],
            )}
          >
            <span className="whitespace-nowrap">
              {count}
              <span className="hidden @min-[64px]:inline"> · {shareOf(count)}</span>
            </span>
          </span>
        ),
      )}
      {without > 0 ? (
        <span
          style={{ flexGrow: without, flexBasis: 0 }}
          className="grid min-w-4 place-items-center overflow-hidden rounded-1 border border-dashed border-line-control text-11 whitespace-nowrap text-ink-2"
        >
          {without} without
        </span>
      ) : null}
    </div>
  );
}
