import { cx } from "./cx";

export type ProgressBarProps = {
  done: number;
  /** Being worked on now: striped. */
  active?: number;
  failed?: number;
  total: number;
  /** What the bar measures, for screen readers: "78 of 120 renders". */
  label: string;
};

/** Done, going on, still queued and failed, in the proportion of their counts. */
export function ProgressBar({ done, active = 0, failed = 0, total, label }: ProgressBarProps) {
  const queued = Math.max(0, total - done - active - failed);
  const parts = [
    { name: "done", count: done, look: "bg-accent" },
    { name: "active", count: active, look: "stripes" },
    { name: "queued", count: queued, look: "bg-surface-hover inset-ring inset-ring-line-2" },
    { name: "failed", count: failed, look: "bg-bad" },
  ];
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      className="flex h-2.5 gap-0.5"
    >
      {total === 0 ? <i className="flex-1 rounded-[2px] bg-surface-hover" /> : null}
      {parts
        .filter((part) => part.count > 0)
        .map((part) => (
          <i
            key={part.name}
            className={cx("min-w-0.5 rounded-[2px]", part.look)}
            style={{ flex: `${part.count} 0 0` }}
          />
        ))}
    </div>
  );
}
