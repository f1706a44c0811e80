"use client";

import { useEffect, useMemo, useState } from "react";
import type { KeyLayout } from "@/db/enums";
import { CELL_KEYS, cellLabel, DETAIL_CODES, keyLabel } from "@/server/rating/domain/key-map";
import type { VerdictDetail } from "@/server/rating/schemas";

type Keyboard = { getLayoutMap: () => Promise<ReadonlyMap<string, string>> };

/** What is printed on the rater's own keys, for the layout they chose. */
export type KeyNames = {
  layout: KeyLayout;
  name: (code: string) => string;
  /** Of the image counted from 0. */
  cell: (index: number) => string;
  detail: (name: keyof VerdictDetail) => string;
};

/** The usual letters where the browser does not tell. */
export function useKeyLabels(layout: KeyLayout): KeyNames {
  const [printed, setPrinted] = useState<ReadonlyMap<string, string> | null>(null);
  // The keyboard's layout is the operating system's.
  useEffect(() => {
    const { keyboard } = navigator as Navigator & { keyboard?: Keyboard };
    keyboard?.getLayoutMap().then(setPrinted, () => setPrinted(null));
  }, []);
  return useMemo(() => {
    const name = (code: string) => keyLabel(code, printed);
    const cell = (index: number) => {
      const key = CELL_KEYS[layout][index];
      return key ? cellLabel(key, printed) : "";
    };
    return { layout, name, cell, detail: (asked) => name(DETAIL_CODES[layout][asked]) };
  }, [layout, printed]);
}
