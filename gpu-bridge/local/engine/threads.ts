const MOST = 64;
// More of them than this wait for one another: the networks are small.
const USUAL = 2;

/** Threads of a network's run, as ENGINE_THREADS asks for. @throws Error in a sentence */
export function threadsOf(asked: string | undefined, cores: number): number {
  if (!asked) return Math.min(cores, USUAL);
  const threads = Number(asked);
  if (Number.isInteger(threads) && threads >= 1 && threads <= MOST) return threads;
  throw new Error(`ENGINE_THREADS is "${asked}": give a whole number from 1 to ${MOST}.`);
}
