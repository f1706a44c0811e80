"use client";

import { timeWords } from "./time-words";
import { useNow } from "./use-now";

/** A moment in words that stay true while the page is open. */
export function TimeAgo({ at }: { at: Date }) {
  const now = useNow();
  return (
    <time dateTime={at.toISOString()} title={at.toISOString()} suppressHydrationWarning>
      {timeWords(at, new Date(now))}
    </time>
  );
}
