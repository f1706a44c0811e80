"use client";

import { type RefObject, useEffect } from "react";
import { useAfterFrame } from "@/app/(rate)/_frame/use-after-frame";
import type { TableStore } from "./table-store";

/**
 * The browser's focus follows the cursor, so that screen readers read the cell it is on. It comes after the frame
 * that shows the cursor: moving it makes the browser lay out the page at once.
 */
export function useFocusFollows(
  box: RefObject<HTMLElement | null>,
  { subscribe, read }: TableStore,
  isActive: boolean,
) {
  const focus = useAfterFrame(subscribe, () => read().grid.focus);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new place is the reason to look
  useEffect(() => {
    const active = document.activeElement;
    if (!isActive || (active !== document.body && !active?.closest("[role=grid]"))) return;
    // Read now: a key may have moved the cursor on, and a cell that is focused takes it back to itself.
    const index = read().grid.focus;
    const cell = box.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    cell?.focus({ preventScroll: true });
  }, [box, read, focus, isActive]);
}
