import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";
import { IntervalWords, Whisker } from "@/app/_ui/whisker";
import type { ListedPattern } from "@/server/mining/list-patterns";
import { PatternGauge } from "./pattern-gauge";

export function Yield({ pattern: { level5, trivial } }: { pattern: ListedPattern }) {
  if (!level5) return <span className="small-print">Not rated yet</span>;
  return (
    <div>
      <p className="flex items-baseline gap-2">
        <b>{(level5.share * 100).toFixed(1)} %</b>
        <span className="small-print">
          {level5.count} of {level5.total}
          {trivial > 0 ? `, ${trivial} of them trivial` : ""}
        </span>
      </p>
      <Whisker {...level5} label="Share at Level 5" />
      <IntervalWords {...level5} />
    </div>
  );
}

export type SaturationProps = { project: string; pattern: ListedPattern };

/** What became of the last batch, and how far the proposers in use have run dry. */
export function Saturation({ project, pattern }: SaturationProps) {
  const { gauges, lastBatch, state } = pattern;
  const isToldByGauge = gauges.length > 0 && lastBatch?.state === "done";
  return (
    <div className="grid gap-1.5">
      {isToldByGauge ? null : <LastBatch project={project} pattern={pattern} />}
      {gauges.map((gauge) => (
        <PatternGauge
          key={gauge.proposer}
          project={project}
          gauge={gauge}
          isInUse={state === "approved"}
        />
      ))}
    </div>
  );
}

function LastBatch({ project, pattern: { lastBatch } }: SaturationProps) {
  if (!lastBatch) return <span className="small-print whitespace-nowrap">None yet</span>;
  if (lastBatch.state === "done") return <Novelty {...lastBatch} />;
  if (lastBatch.state === "waiting") {
    return (
      <Link href={`/p/${project}/pairs`} title={lastBatch.reason ?? undefined}>
        <StateLabel kind="waits" />
      </Link>
    );
  }
  if (lastBatch.state === "cancelled") return <span className="small-print">Cancelled</span>;
  return <StateLabel kind="rendering">Asked for {lastBatch.asked}</StateLabel>;
}

/** New among those that could be judged: what cannot be a pair at all is no repeat. */
function Novelty({ fresh, judged, returned }: { fresh: number; judged: number; returned: number }) {
  const of = judged || returned;
  return (
    <span className="whitespace-nowrap">
      {fresh} of {of} new
      {of > 0 ? (
        <span className="block small-print">{Math.round((fresh / of) * 100)} %</span>
      ) : null}
    </span>
  );
}
