import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";
import type { Ask } from "@/server/loop/read-asks";
import { GoOnButton } from "../_work/go-on-button";
import { WorkLine } from "../_work/work-line";
import { many } from "./board-words";

// More would push the phases off the screen; the page of patterns has them all.
const SHOWN = 4;

export type AsksProps = { project: string; asks: readonly Ask[]; isNext: boolean };

/** What patterns in auto-mode ask before they go on. */
export function Asks({ project, asks, isNext }: AsksProps) {
  if (asks.length === 0) return null;
  const more = asks.length - SHOWN;
  return (
    <section aria-label="Asks you" className="panel mb-4 divide-y divide-line">
      {asks.slice(0, SHOWN).map(({ patternId, pattern, step, reason }, at) => (
        <WorkLine
          key={`${patternId} ${step}`}
          state={<StateLabel kind="waits">Asks you</StateLabel>}
          what={pattern}
          reason={reason}
          actions={
            <GoOnButton
              project={project}
              patternId={patternId}
              step={step}
              isNext={isNext && at === 0}
            />
          }
        />
      ))}
      {more > 0 ? (
        <p className="px-3.5 py-2 small-print">
          <Link href={`/p/${project}/patterns`} className="link">
            {many(more, "more step")}
          </Link>{" "}
          of other patterns
        </p>
      ) : null}
    </section>
  );
}
