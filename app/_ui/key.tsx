"use client";

import type { ReactNode } from "react";
import { cx } from "./cx";
import { isSingleKeyCap, useSingleKeys } from "./single-keys";

/**
 * A key cap, printed on or beside the control it works; one that the person has switched off is not promised. On a filled
 * button it takes the button's ink.
 */
export function Key({ children, onAccent = false }: { children: ReactNode; onAccent?: boolean }) {
  const singleKeys = useSingleKeys();
  if (!singleKeys && typeof children === "string" && isSingleKeyCap(children)) return null;
  return (
    <kbd
      className={cx(
        "inline-grid h-[18px] min-w-[18px] place-items-center rounded-1 border px-1 font-sans text-[11px] leading-none font-mid",
        onAccent
          ? "border-current bg-transparent text-inherit opacity-85"
          : "border-line-2 border-b-2 bg-surface text-ink-2",
      )}
    >
      {children}
    </kbd>
  );
}
