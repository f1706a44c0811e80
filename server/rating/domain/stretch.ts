/** Grids rated without a pause; times in ms since 1970. */
export type Stretch = { since: number; lastAt: number; grids: number };

const PAUSE_MS = 5 * 60_000;
const LONG_MS = 25 * 60_000;
const MANY_GRIDS = 60;

/** A grid comes before the rater: the stretch goes on, or a new one begins after a pause. */
export function withGrid(before: Stretch | null, at: number): Stretch {
  if (!before || at - before.lastAt >= PAUSE_MS) return { since: at, lastAt: at, grids: 1 };
  return { since: before.since, lastAt: at, grids: before.grids + 1 };
}

/** Long enough that verdicts drift: 25 minutes or 60 grids. */
export const isLong = ({ since, lastAt, grids }: Stretch): boolean =>
  lastAt - since >= LONG_MS || grids > MANY_GRIDS;
