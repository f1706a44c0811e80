"use client";

import { useLostAt } from "@/app/_trpc/live";
import { cx } from "@/app/_ui/cx";

/** Whether what is shown follows by itself. */
export function LiveChip() {
  const isLive = useLostAt() === null;
  return (
    <span
      role="status"
      className={cx(
        "inline-flex items-center gap-1.5 text-12",
        isLive ? "text-good" : "text-ink-3",
      )}
    >
      <i
        className={cx("size-[7px] rounded-pill", isLive ? "bg-good" : "border border-line-control")}
      />
      {isLive ? "live" : "reconnecting"}
    </span>
  );
}
