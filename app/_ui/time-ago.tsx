"use client";

import { useSyncExternalStore } from "react";
import { timeWords } from "./time-words";

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

/** A moment in words that stay true while the page is open. */
export function TimeAgo({ at }: { at: Date }) {
  const now = useSyncExternalStore(subscribe, thisSecond, thisSecond);
  return (
    <time dateTime={at.toISOString()} title={at.toISOString()} suppressHydrationWarning>
      {timeWords(at, new Date(now))}
    </time>
  );
}
