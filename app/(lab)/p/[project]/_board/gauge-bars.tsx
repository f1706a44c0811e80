import { cx } from "@/app/_ui/cx";
import type { GaugeBatch } from "@/server/project/domain/gauge";

const TICKS = [100, 50, 0] as const;

export type GaugeBarsProps = { batches: readonly GaugeBatch[]; limit: number };

/** Share of new pairs in each batch, with what it surely does not pass, and the line below which a batch is dry. */
export function GaugeBars({ batches, limit }: GaugeBarsProps) {
  return (
    <div
      role="img"
      aria-label={`Share of new pairs per batch. ${batches.map(wordsOf).join("; ")}. The limit is ${limit * 100} %.`}
      className="grid content-start grid-cols-[22px_minmax(0,1fr)_30px] gap-x-1.5 text-11 text-ink-3"
    >
      <div className="flex h-[122px] flex-col justify-between text-right leading-none">
        {TICKS.map((tick) => (
          <span key={tick} className="-my-1.5">
            {tick}
          </span>
        ))}
      </div>
      <div className="relative flex h-[122px] items-end gap-1.5 border-b border-line px-0.5">
        <i className="absolute inset-x-0 top-0 border-t border-line" />
        <i className="absolute inset-x-0 top-1/2 border-t border-line" />
        {batches.map((batch, index) => (
          <Bar key={batch.number} batch={batch} isLast={index === batches.length - 1} />
        ))}
        <i
          className="absolute inset-x-0 border-t-[1.5px] border-dashed border-bad"
          style={{ bottom: `${limit * 100}%` }}
        />
      </div>
      <div className="relative">
        <span
          className="absolute left-0 translate-y-1/2 whitespace-nowrap text-bad"
          style={{ bottom: `${limit * 100}%` }}
        >
          {limit * 100} %
        </span>
      </div>
      <span />
      <div className="flex gap-1.5 px-0.5 pt-1.5">
        {batches.map((batch, index) => (
          <span
            key={batch.number}
            className={cx(
              "max-w-8 min-w-0 flex-1 text-center",
              index === batches.length - 1 && "font-bold text-ink",
            )}
          >
            {isTold(batches, index) ? batch.number : ""}
          </span>
        ))}
      </div>
    </div>
  );
}

// Numbers of three digits stand too close: every second one then, the last always.
const isTold = (batches: readonly GaugeBatch[], index: number) =>
  (batches.at(-1)?.number ?? 0) < 100 || (batches.length - 1 - index) % 2 === 0;

function Bar({ batch, isLast }: { batch: GaugeBatch; isLast: boolean }) {
  const share = batch.share ?? 0;
  return (
    <span className="relative h-full max-w-8 min-w-0 flex-1">
      <i
        className={cx("absolute inset-x-0 bottom-0", isLast ? "bg-accent" : "bg-line-control")}
        style={{ height: `${share * 100}%` }}
      />
      {batch.atMost === null ? null : (
        <i
          className="absolute left-1/2 w-2 -translate-x-1/2 border-t-[1.25px] border-ink after:absolute after:top-0 after:left-1/2 after:h-full after:border-l-[1.25px] after:border-ink"
          style={{ bottom: `${share * 100}%`, height: `${(batch.atMost - share) * 100}%` }}
        />
      )}
    </span>
  );
}

function wordsOf({ number, fresh, judged, atMost, isRetest }: GaugeBatch): string {
  const bound = atMost === null ? "" : `, at most ${Math.round(atMost * 100)} %`;
  return `Batch ${number}${isRetest ? " (re-test)" : ""}: ${fresh} of ${judged}${bound}`;
}
