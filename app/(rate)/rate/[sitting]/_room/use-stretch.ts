"use client";

import { useEffect, useState } from "react";
import { isLong, type Stretch, withGrid } from "@/server/rating/domain/stretch";

// Going to the queue and back is no pause.
let stretch: Stretch | null = null;

/** Whether a break is due, asked as each grid comes: never in the middle of one. `goOn` begins a new stretch. */
export function useStretch(sittingId: string | null): { isBreakDue: boolean; goOn: () => void } {
  const [isBreakDue, setBreakDue] = useState(false);
  // The rater's own clock, which no render may read.
  useEffect(() => {
    if (!sittingId) return;
    stretch = withGrid(stretch, Date.now());
    setBreakDue(isLong(stretch));
  }, [sittingId]);
  const goOn = () => {
    stretch = null;
    setBreakDue(false);
  };
  return { isBreakDue, goOn };
}
