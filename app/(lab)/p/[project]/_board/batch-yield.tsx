import Link from "next/link";
import { cx } from "@/app/_ui/cx";
import type { BatchYield as BatchYieldFigures } from "@/server/project/list-batch-yield";
import { many } from "./board-words";

const SHOWN = 11;

export type BatchYieldProps = { project: string; batchYield: BatchYieldFigures | null };

/** Share of new pairs in each batch of one pattern: how fast it runs dry. */
export function BatchYield({ project, batchYield }: BatchYieldProps) {
  const all = (
    <Link href={`/p/${project}/patterns`} className="link small-print">
      All patterns
    </Link>
  );
  const last = batchYield?.batches.at(-1);
  if (!batchYield || !last) {
    return (
      <section>
        <div className="mb-2 flex items-baseline gap-2.5">
          <h2>New pairs per batch</h2> {all}
        </div>
        <p className="max-w-[52ch]">
          No batch has come back yet. Ask for proposals on a pattern; each batch then shows here how
          many of its pairs were new.
        </p>
      </section>
    );
  }
  return (
    <section>
      <div className="mb-2 flex items-baseline gap-2.5">
        <h2 className="truncate">New per batch: {batchYield.pattern}</h2> {all}
      </div>
      <div className="grid grid-cols-[296px_minmax(0,1fr)] gap-[18px]">
        <Bars batches={batchYield.batches.slice(-SHOWN)} />
        <div>
          <p className="text-14">
            Batch {last.number} brought{" "}
            <b>
              {last.fresh} of {last.returned}
            </b>{" "}
            new pairs.
          </p>
          <p className="mt-1.5 small-print">
            {many(batchYield.batches.length, "batch", "batches")} so far. When most of a batch
            repeats what you have, the proposer knows little more of this pattern.
          </p>
        </div>
      </div>
    </section>
  );
}

function Bars({ batches }: { batches: BatchYieldFigures["batches"] }) {
  const words = batches.map((batch) => `${batch.number}: ${batch.fresh} of ${batch.returned}`);
  return (
    <div
      role="img"
      aria-label={`New pairs per batch. ${words.join("; ")}`}
      className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-1.5 text-11 text-ink-3"
    >
      <div className="flex h-[122px] flex-col justify-between text-right leading-none">
        <span>100</span>
        <span>50</span>
        <span>0 %</span>
      </div>
      <div className="relative flex h-[122px] items-end gap-1.5 border-b border-line">
        <i className="absolute inset-x-0 top-0 border-t border-line" />
        <i className="absolute inset-x-0 top-1/2 border-t border-line" />
        {batches.map((batch, index) => (
          <i
            key={batch.number}
            className={cx(
              "relative max-w-8 flex-1",
              index === batches.length - 1 ? "bg-accent" : "bg-line-control",
            )}
            style={{
              height: `${batch.returned === 0 ? 0 : (batch.fresh / batch.returned) * 100}%`,
            }}
          />
        ))}
      </div>
      <span />
      <div className="flex gap-1.5 pt-1">
        {batches.map((batch) => (
          <span key={batch.number} className="max-w-8 flex-1 text-center">
            {batch.number}
          </span>
        ))}
      </div>
    </div>
  );
}
