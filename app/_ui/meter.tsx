import { cx } from "./cx";

const WARN_FROM = 0.85;

export type MeterProps = { value: number; limit: number; label: string };

/** An amount against its limit; warns above 85 %. */
export function Meter({ value, limit, label }: MeterProps) {
  const share = limit === 0 ? 0 : Math.min(1, value / limit);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <meter> cannot be given the design's colours everywhere
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={limit}
      aria-valuenow={value}
      className="relative h-1.5 overflow-hidden rounded-[3px] bg-surface-hover inset-ring inset-ring-line"
    >
      <i
        className={cx("absolute inset-y-0 left-0", share > WARN_FROM ? "bg-warn" : "bg-ink-3")}
        style={{ width: `${share * 100}%` }}
      />
    </div>
  );
}
