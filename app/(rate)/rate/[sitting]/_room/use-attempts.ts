"use client";

import { useState } from "react";
import { thumbnail } from "@/app/(rate)/_session/image-address";

/** An image that did not load is asked for under another address, or the browser would not try. */
export function useAttempts() {
  const [attempts, setAttempts] = useState<Record<string, number>>({});
  return {
    addressOf(imageId: string): string {
      const attempt = attempts[imageId];
      return attempt ? `${thumbnail(imageId)}&again=${attempt}` : thumbnail(imageId);
    },
    askAgain: (imageId: string) =>
      setAttempts({ ...attempts, [imageId]: (attempts[imageId] ?? 0) + 1 }),
  };
}
