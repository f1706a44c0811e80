import Link from "next/link";
import { StateLabel } from "@/app/_ui/state-label";
import { IntervalWords, Whisker } from "@/app/_ui/whisker";
import type { ListedPattern } from "@/server/mining/list-patterns";

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

export type LastBatchProps = { project: string; pattern: ListedPattern };

export function LastBatch({ project, pattern: { lastBatch } }: LastBatchProps) {
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
