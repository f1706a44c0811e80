import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";
import type { RunDetail, RunSlot } from "../types";
import { Slot } from "./slot";
import { SlotName } from "./slot-name";

// On a narrow screen the images stand below their pair.
const COLUMNS =
  "grid grid-cols-[214px_minmax(0,1fr)_118px] items-center gap-3.5 max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-y-1.5";

export type LookRowsProps = { project: string; run: RunDetail };

/** One row for each pair or concept of a run that is judged at a glance. */
export function LookRows({ project, run }: LookRowsProps) {
  const places = run.seeds.length;
  return (
    <section aria-label="Looks" className="panel px-3.5 py-1">
      <ul>
        {run.slots.map((slot) => (
          <li
            key={slot.renderId}
            className={`${COLUMNS} border-t border-line py-[5px] first:border-t-0 [contain-intrinsic-size:auto_64px] [content-visibility:auto]`}
          >
            {slot.pairId ? (
              <Link href={`/p/${project}/pairs/${slot.pairId}`} className="hover:text-accent">
                <SlotName slot={slot} />
              </Link>
            ) : (
              <SlotName slot={slot} />
            )}
            <div
              className="max-md:order-last max-md:col-span-full"
              style={{ maxWidth: `${places * 72}px` }}
            >
              <Slot slot={slot} places={places} />
            </div>
            <span className="flex justify-end">
              <LookState slot={slot} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function LookState({ slot }: { slot: RunSlot }) {
  if (slot.look === "ready") return <StateLabel kind="waits">To look at</StateLabel>;
  if (slot.look === "judged") return <StateLabel kind="done">Judged</StateLabel>;
  if (slot.state === "failed") return <StateLabel kind="failed" />;
  if (slot.state === "cancelled") return <StateLabel kind="info">cancelled</StateLabel>;
  return <StateLabel kind={slot.state === "leased" ? "rendering" : "queued"} />;
}
