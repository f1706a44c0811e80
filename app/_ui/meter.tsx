import { cx } from "./cx";

export type MeterProps = {
  /** From 0 to 1; null: nothing to measure against. */
  share: number | null;
  tone: "within" | "near" | "stopped";
  /** "LLM tokens: 1.84 of 3.00 million" */
  label: string;
};

const TONE = { within: "bg-ink-3", near: "bg-warn", stopped: "bg-bad" } as const;

/** How much of a limit is used. Print its numbers beside it. */
export function Meter({ share, tone, label }: MeterProps) {
  return (
    <div
      role="img"
      aria-label={label}
      className={cx(
        "h-1.5 overflow-hidden rounded-[1px] bg-surface-hover inset-ring inset-ring-line",
        share === null && "invisible",
      )}
    >
      <i
        className={cx("block h-full", TONE[tone])}
        style={{ width: `${Math.min(1, share ?? 0) * 100}%` }}
      />
    </div>
  );
}
