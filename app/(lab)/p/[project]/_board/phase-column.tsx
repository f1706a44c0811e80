import type { ReactNode } from "react";
import { cx } from "@/app/_ui/cx";
import { Link } from "@/app/_ui/link";
import { TimeAgo } from "@/app/_ui/time-ago";
import { IntervalWords, Whisker } from "@/app/_ui/whisker";
import type { FunnelRow, PhaseFigures } from "@/server/project/domain/phase-figures";
import type { Find } from "@/server/project/list-finds";
import { percent } from "./board-words";

export type PhaseColumnProps = {
  number: number;
  name: string;
  isNow: boolean;
  state: ReactNode;
  /** What else can be done with the phase: pause it, stop its work. */
  menu: ReactNode;
  figures: PhaseFigures;
  finds: readonly Find[];
  project: string;
  last: string;
  /** When that was. */
  at: Date | null;
  action: ReactNode;
};

/** One phase; all columns have the same rows at the same height, so that they can be compared. */
export function PhaseColumn(props: PhaseColumnProps) {
  const { figures } = props;
  return (
    <section
      aria-label={`Phase ${props.number}: ${props.name}`}
      className={cx(
        "relative flex min-w-0 flex-col px-4 pt-3 pb-3.5",
        props.isNow && "shadow-[inset_0_2px_0_var(--accent)]",
      )}
    >
      <div className="flex h-5 items-center gap-2 max-[1200px]:h-10 max-[1200px]:flex-wrap max-[1200px]:content-start max-[1200px]:gap-y-0.5">
        <span className="text-14 font-bold text-ink-3">{props.number}</span>
        <h2 className="shrink-0">{props.name}</h2>
        <span className="ml-auto flex min-w-0 items-center overflow-hidden max-[1200px]:ml-0 max-[1200px]:w-full">
          {props.state}
        </span>
      </div>
      <Strip finds={props.finds} project={props.project} />
      <Yield figures={figures} />
      <table className="mt-2 mb-2.5 w-full text-12">
        <tbody>
          {figures.funnel.map((row) => (
            <Row key={row.label} row={row} />
          ))}
        </tbody>
      </table>
      <p className="mb-3 min-h-8 small-print break-words">
        {props.last}
        {props.at ? (
          <>
            , <TimeAgo at={props.at} />
          </>
        ) : null}
      </p>
      <div className="mt-auto flex gap-1">
        <div className="min-w-0 flex-1">{props.action}</div>
        {props.menu}
      </div>
    </section>
  );
}

const PLACES = [0, 1, 2, 3] as const;

function Strip({ finds, project }: { finds: readonly Find[]; project: string }) {
  const isSimulated = finds.some((find) => find.simulated);
  return (
    <div className="relative my-2.5 grid grid-cols-4 gap-1">
      {PLACES.map((place) => {
        const find = finds[place];
        if (!find) {
          return (
            <span
              key={place}
              className="aspect-square rounded-1 border border-dashed border-line-2"
            />
          );
        }
        const name = `${find.conceptA} × ${find.conceptB}, Level 5${find.simulated ? ", simulated rater" : ""}`;
        return (
          <Link key={find.pairId} href={`/p/${project}/pairs/${find.pairId}`} title={name}>
            <img
              src={`/api/images/${find.imageId}`}
              alt={name}
              className="aspect-square w-full rounded-1 bg-surface-well"
            />
          </Link>
        );
      })}
      {isSimulated ? (
        <span className="absolute -bottom-0.5 left-0 bg-surface pr-1 text-11 text-ink-3">
          Finds of the simulated rater
        </span>
      ) : null}
    </div>
  );
}

// In narrow columns the count stands below its share.
const YIELD_HEIGHT = "min-h-[60px] max-[1200px]:min-h-[78px]";

function Yield({ figures }: { figures: PhaseFigures }) {
  const found = figures.yield;
  if (!found) {
    return (
      <div className={YIELD_HEIGHT}>
        <p className="text-26 leading-[30px] font-bold text-ink-3">–</p>
        <p className="mt-1 small-print">No pair of this phase is rated yet</p>
      </div>
    );
  }
  return (
    <div className={YIELD_HEIGHT}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="whitespace-nowrap text-26 leading-[30px] font-bold tracking-[-0.02em] text-ink">
          {percent(found.share)}
        </span>
        <span className="small-print">
          Level 5 · {found.count} of {found.total} rated
        </span>
      </p>
      <Whisker {...found} label="Share at Level 5" />
      <p className="leading-4">
        <IntervalWords {...found} />
      </p>
    </div>
  );
}

function Row({ row }: { row: FunnelRow }) {
  return (
    <tr>
      <th scope="row" className="py-[1.5px] leading-[17px] whitespace-nowrap text-ink-3">
        {row.label}
      </th>
      <td className="py-[1.5px] text-right leading-[17px] text-ink">
        {row.count.toLocaleString("en-GB")}
      </td>
      <td className="w-[46%] pl-2.5 max-[1200px]:w-[34%]">
        <i
          className={cx(
            "block h-1 rounded-[1px]",
            row.label === "Level 5" ? "bg-level-5 ring-1 ring-level-5-edge" : "bg-line-control",
            row.count === 0 && "invisible",
          )}
          style={{ width: `${row.share * 100}%` }}
        />
      </td>
    </tr>
  );
}
