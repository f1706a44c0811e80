// MoCE's search for a step, which knows nothing of images (methods.md 2.6).

export type Visit = { step: number; first: number; second: number };
export type Thresholds = { delta: number; tau: number | null };

/** Still open: the next step to draw from. Over: the visit that is kept. */
export type Search = {
  lo: number;
  hi: number;
  k: number;
  roundsLeft: number;
  visits: readonly Visit[];
  kept: Visit | null;
};

/** A quarter of the way in first, within 1 .. hi. */
export function beginSearch(steps: number, window: number, rounds: number): Search {
  const hi = lastStep(window, steps);
  return { lo: 1, hi, k: firstStep(steps, hi), roundsLeft: rounds, visits: [], kept: null };
}

export const lastStep = (window: number, steps: number) => Math.floor(window * steps);
const firstStep = (steps: number, hi: number) => Math.min(Math.max(Math.floor(steps / 4), 1), hi);

/** The search after the image of step k got these scores. */
export function tell(search: Search, first: number, second: number, limits: Thresholds): Search {
  const visit = { step: search.k, first, second };
  const visits = [...search.visits, visit];
  const roundsLeft = search.roundsLeft - 1;
  const told = { ...search, visits, roundsLeft };
  if (isAccepted(visit, limits)) return { ...told, kept: visit };
  const isEarlier = first - second > 0;
  const hi = isEarlier ? visit.step - 1 : search.hi;
  const lo = isEarlier ? search.lo : visit.step + 1;
  if (lo > hi || roundsLeft === 0) return { ...told, lo, hi, kept: best(visits) };
  return { ...told, lo, hi, k: Math.floor((lo + hi) / 2) };
}

const isAccepted = ({ first, second }: Visit, { delta, tau }: Thresholds) =>
  Math.abs(first - second) < delta || (tau !== null && Math.min(first, second) > tau);

/** Where nothing was accepted: the best worse half; ties: the smaller disparity, the smaller step. */
function best(visits: readonly Visit[]): Visit | null {
  const worse = ({ first, second }: Visit) => Math.min(first, second);
  const apart = ({ first, second }: Visit) => Math.abs(first - second);
  const ranked = visits.toSorted(
    (a, b) => worse(b) - worse(a) || apart(a) - apart(b) || a.step - b.step,
  );
  return ranked[0] ?? null;
}

/** Steps of the dearest outcome: the first phase once, the second from every visited step. */
export function dearest(steps: number, window: number, rounds: number): number {
  const hi = lastStep(window, steps);
  const from = (lo: number, high: number, k: number, left: number, furthest: number): number => {
    const most = Math.max(furthest, k);
    const on = [
      [lo, k - 1],
      [k + 1, high],
    ] as const;
    const further = on
      .filter(([low, end]) => left > 1 && low <= end)
      .map(([low, end]) => from(low, end, Math.floor((low + end) / 2), left - 1, most));
    return steps - k + Math.max(most, ...further);
  };
  return from(1, hi, firstStep(steps, hi), rounds, 0);
}
