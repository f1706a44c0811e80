import { PairName } from "@/app/_ui/pair-name";
import { TimeAgo } from "@/app/_ui/time-ago";
import type { InHand } from "@/server/rating/list-held";

export type LaterListProps = { later: number; putOff: InHand["putOff"] };

/** What was put off, in the order in which it comes back. */
export function LaterList({ later, putOff }: LaterListProps) {
  return (
    <details className="basis-full">
      <summary className="link">{later} put off; they come after the others</summary>
      <ul className="mt-2 grid max-w-[560px] grid-cols-1 gap-1">
        {putOff.map((grid) => (
          <li
            key={grid.id}
            className="grid min-h-7 grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-4"
          >
            <PairName a={grid.conceptA} b={grid.conceptB} />
            <span className="small-print">
              {grid.open} of {grid.images} open
            </span>
            <span className="small-print">
              put off {grid.laterAt ? <TimeAgo at={grid.laterAt} /> : null}
            </span>
          </li>
        ))}
      </ul>
      {later > putOff.length ? (
        <p className="small-print mt-2">and {later - putOff.length} more</p>
      ) : null}
    </details>
  );
}
