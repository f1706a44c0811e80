const IDLE_AFTER_MS = 60_000;

/** Time spent with the grid in sight and in use; `lastAt` is null while it is out of sight. */
export type ActiveTime = { ms: number; lastAt: number | null };

/** Counts up to now, but never more than a minute without any sign of the rater. */
export function countUntil({ ms, lastAt }: ActiveTime, now: number): ActiveTime {
  if (lastAt === null) return { ms, lastAt: now };
  return { ms: ms + Math.min(Math.max(0, now - lastAt), IDLE_AFTER_MS), lastAt: now };
}

/** Counts up to now and stops: the page is hidden, or the grid is finished. */
export function pauseAt(active: ActiveTime, now: number): ActiveTime {
  if (active.lastAt === null) return active;
  return { ms: countUntil(active, now).ms, lastAt: null };
}
