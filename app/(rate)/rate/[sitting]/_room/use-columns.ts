"use client";

import { useSyncExternalStore } from "react";
import { IMAGES_PER_GRID } from "@/server/rating/domain/level";
import { COLUMNS } from "@/server/rating/domain/move-cursor";

const TABLET = "(max-width: 1000px)";
const PHONE = "(max-width: 700px)";

/** On a phone, or a desktop at 200 %, twenty side by side would be too small: one row, and one image of it in sight. */
export const ONE_BY_ONE = IMAGES_PER_GRID;

const subscribe = (tell: () => void) => {
  const queries = [TABLET, PHONE].map((query) => window.matchMedia(query));
  for (const query of queries) query.addEventListener("change", tell);
  return () => {
    for (const query of queries) query.removeEventListener("change", tell);
  };
};

/** How many images stand in a row on this screen. */
export const useColumns = (): number =>
  useSyncExternalStore(
    subscribe,
    () => {
      if (window.matchMedia(PHONE).matches) return ONE_BY_ONE;
      return window.matchMedia(TABLET).matches ? 3 : COLUMNS;
    },
    () => COLUMNS,
  );
