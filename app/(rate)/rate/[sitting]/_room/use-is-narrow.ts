"use client";

import { useSyncExternalStore } from "react";

// A phone, or a desktop at 200 %: twenty cells side by side would be too small to judge.
const NARROW = "(max-width: 700px)";

const subscribe = (tell: () => void) => {
  const query = window.matchMedia(NARROW);
  query.addEventListener("change", tell);
  return () => query.removeEventListener("change", tell);
};

export const useIsNarrow = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(NARROW).matches,
    () => false,
  );
