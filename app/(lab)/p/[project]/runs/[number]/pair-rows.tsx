import { Link } from "@/app/_ui/link";
import { PairName } from "@/app/_ui/pair-name";
import { StateLabel } from "@/app/_ui/state-label";
import type { RunSlot } from "../types";
import { groupSlots, type PairRow } from "./group-slots";
import { Slot } from "./slot";

// On a narrow screen the images stand below their pair.
const COLUMNS =
  "grid grid-cols-[214px_minmax(0,1fr)_118px] items-center gap-3.5 max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-y-1.5";

export function PairRows({ project, slots }: { project: string; slots: readonly RunSlot[] }) {
  const rows = groupSlots(slots);
  return (
    <section aria-label="Pairs" className="panel px-3.5 py-1">
      <div className={`${COLUMNS} small-print py-1`}>
        <span>{rows.length === 1 ? "1 pair" : `${rows.length} pairs, active first`}</span>
        <div className="grid grid-cols-5 gap-3 max-md:hidden">
          {[1, 2, 3, 4, 5].map((position) => (
            <span key={position}>Prompt {position}</span>
          ))}
        </div>
      </div>
      <ul>
        {rows.map((row) => (
          <li
            key={row.pairId}
            className={`${COLUMNS} border-t border-line py-[5px] [contain-intrinsic-size:auto_48px] [content-visibility:auto]`}
          >
            <Link href={`/p/${project}/pairs/${row.pairId}`} className="hover:text-accent">
              <PairName a={row.conceptA} b={row.conceptB} />
            </Link>
            <div className="grid grid-cols-5 gap-3 max-md:order-last max-md:col-span-full max-md:grid-cols-2 max-md:gap-2">
              {row.slots.map((slot) => (
                <Slot key={slot.renderId} slot={slot} places={4} />
              ))}
            </div>
            <span className="flex justify-end">
              <RowState row={row} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RowState({ row }: { row: PairRow }) {
  const count = (state: RunSlot["state"]) =>
    row.slots.filter((slot) => slot.state === state).length;
  if (row.state === "done") {
    const images = row.slots.reduce((sum, slot) => sum + slot.imageIds.length, 0);
    return <StateLabel kind="done">{images} images</StateLabel>;
  }
  if (row.state === "failed")
    return <StateLabel kind="failed">{count("failed")} failed</StateLabel>;
  if (row.state === "cancelled") return <StateLabel kind="info">cancelled</StateLabel>;
  if (row.state === "rendering") return <StateLabel kind="rendering">rendering</StateLabel>;
  return <StateLabel kind="queued">queued</StateLabel>;
}
