/** When a render's images were there, and how many. */
export type Arrival = { secondsAgo: number; images: number };

const RECENT_SECONDS = 120;
// A render takes long on a slow machine: so many are looked at, however old.
const FEWEST_ARRIVALS = 3;
// Renders begun at once arrive at once, which is no pace.
const FEWEST_SECONDS = 15;

/**
 * Images a minute since the first of the recent arrivals, the newest coming first; null until they tell it. Of that first one nobody
 * knows how long it took, so it starts the clock and is not counted.
 */
export function paceOf(arrivals: readonly Arrival[]): number | null {
  const recent = arrivals.filter(
    ({ secondsAgo }, at) => secondsAgo <= RECENT_SECONDS || at < FEWEST_ARRIVALS,
  );
  const first = recent.at(-1);
  if (!first || recent.length < FEWEST_ARRIVALS || first.secondsAgo < FEWEST_SECONDS) return null;
  const images = recent.slice(0, -1).reduce((sum, arrival) => sum + arrival.images, 0);
  return (images * 60) / first.secondsAgo;
}
