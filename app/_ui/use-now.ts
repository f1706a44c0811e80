"use client";

import { useSyncExternalStore } from "react";

// One clock for all of them, running only while one is on screen.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const tell of listeners) tell();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const thisSecond = () => Math.floor(Date.now() / 1000) * 1000;

/** The present, to the second; what shows it needs `suppressHydrationWarning`. */
export const useNow = (): number => useSyncExternalStore(subscribe, thisSecond, thisSecond);
