"use client";

import { startTransition, useEffect, useState } from "react";
import { afterFrame } from "@/app/(rate)/_frame/after-frame";

/**
 * How many rows of a grid are drawn. One that nobody looks at yet grows by a row a frame, so that no key waits for
 * more than that; it is whole long before it is uncovered, and if not, then at once.
 */
export function useDrawnRows(isAhead: boolean, all: number): number {
  const [drawn, setDrawn] = useState(isAhead ? 1 : all);
  if (!isAhead && drawn < all) setDrawn(all);
  useEffect(
    () => (drawn < all ? afterFrame(() => startTransition(() => setDrawn(drawn + 1))) : undefined),
    [drawn, all],
  );
  return isAhead ? Math.min(drawn, all) : all;
}
