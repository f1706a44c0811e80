"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const AGAIN_MS = 3_000;

/** Reads the page anew every few seconds while what it counts grows by itself. */
export function RefreshWhile({ isGrowing }: { isGrowing: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!isGrowing) return;
    const clock = setInterval(() => router.refresh(), AGAIN_MS);
    return () => clearInterval(clock);
  }, [isGrowing, router]);
  return null;
}
