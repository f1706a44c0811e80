"use client";

import { useCallback, useEffect, useState } from "react";
import { keyLabel } from "@/server/rating/domain/key-map";

type Keyboard = { getLayoutMap: () => Promise<ReadonlyMap<string, string>> };

/** What is printed on the rater's own keys; the usual letters where the browser does not tell. */
export function useKeyLabels(): (code: string) => string {
  const [layout, setLayout] = useState<ReadonlyMap<string, string> | null>(null);
  // The keyboard's layout is the operating system's.
  useEffect(() => {
    const { keyboard } = navigator as Navigator & { keyboard?: Keyboard };
    keyboard?.getLayoutMap().then(setLayout, () => setLayout(null));
  }, []);
  return useCallback((code: string) => keyLabel(code, layout), [layout]);
}
