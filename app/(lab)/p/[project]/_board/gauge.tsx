import { Link } from "@/app/_ui/link";
import { NEXT_NEW_LIMIT, NOVELTY_LIMIT } from "@/server/mining/domain/saturation/saturation";
import type { Gauge as GaugeFigures } from "@/server/project/board/read-gauge";
import { many } from "./board-words";
import { GaugeBars } from "./gauge-bars";
import { RetestButton } from "./retest-button";

export type GaugeProps = { project: string; gauge: GaugeFigures | null; patterns: number };

/** How far the pattern that runs low has run dry, with the reason. */
export function Gauge({ project, gauge, patterns }: GaugeProps) {
  return (
    <section className="min-w-0" aria-label="Saturation">
      <div className="mb-2 flex items-baseline gap-2.5">
        <h2 className="truncate" title={gauge?.pattern}>
          {gauge ? `${headOf(gauge)}: ${gauge.pattern}` : "New pairs per batch"}
        </h2>
        <Link href={`/p/${project}/patterns`} className="link shrink-0 text-12">
          {patterns > 1 ? `All ${patterns} patterns` : "All patterns"}
        </Link>
        <Link href={`/p/${project}/plots`} className="link shrink-0 text-12">
          Plots
        </Link>
      </div>
      {gauge ? (
        <div className="grid grid-cols-[296px_minmax(0,1fr)] gap-[18px] max-[1200px]:grid-cols-1">
          <GaugeBars batches={gauge.batches} limit={NOVELTY_LIMIT} />
          <Reason project={project} gauge={gauge} />
        </div>
      ) : (
        <p className="max-w-[52ch]">
          No batch of the proposer in use has come back yet. Ask for proposals on a pattern; each
          batch then shows here how many of its pairs were new.
        </p>
      )}
    </section>
  );
}

function headOf({ isDry, isConfirmed, dryBatches }: GaugeFigures): string {
  if (isConfirmed) return "Dry";
  if (isDry) return "Seems dry";
  return dryBatches > 0 ? "Running low" : "Lowest";
}

// The sign stays with its number.
const whole = (share: number) => `${Math.round(share * 100)}\u00a0%`;

function Reason({ project, gauge }: { project: string; gauge: GaugeFigures }) {
  const last = gauge.batches.at(-1);
  return (
    <div>
      {last ? (
        <p className="text-14">
          {last.isRetest ? "The re-test" : `Batch ${last.number}`} brought{" "}
          <b>
            {last.fresh} of {last.judged}
          </b>{" "}
          new pairs
          {last.share === null || last.atMost === null ? (
            "."
          ) : (
            <>
              : <b>{whole(last.share)}</b>, at most {whole(last.atMost)} (90&nbsp;%).
            </>
          )}
        </p>
      ) : null}
      <p className="mt-2 small-print">
        {gauge.isDry
          ? gauge.reason
          : `Dry when two batches in a row are surely under ${whole(NOVELTY_LIMIT)}, or when the next proposal is new with less than ${whole(NEXT_NEW_LIMIT)}${gauge.nextIsNew === null ? "" : ` (now ${whole(gauge.nextIsNew)})`}.`}
      </p>
      <More gauge={gauge} />
      {gauge.isDry && !gauge.isConfirmed && gauge.strategy === "direct" ? (
        <RetestButton project={project} patternId={gauge.patternId} />
      ) : null}
    </div>
  );
}

/** Chao1; a proposer that is told to avoid repeats does not draw independently, and that is said. */
function More({ gauge }: { gauge: GaugeFigures }) {
  return (
    <details className="mt-2 text-13">
      <summary className="link w-fit list-none">
        Estimate: about {gauge.moreToFind.toLocaleString("en-GB")} more to find
      </summary>
      <p className="mt-1 small-print">
        A heuristic (Chao1): of {many(gauge.proposals, "proposal")}, {many(gauge.distinct, "pair")}{" "}
        differ, {gauge.once} came once and {gauge.twice} twice. A proposer that is told to avoid
        repeats does not draw independently. It holds for {gauge.proposer} alone.
      </p>
    </details>
  );
}
