const OPENS_AFTER = 3;
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 15_000;

/** How an endpoint has been doing: after a row of faults it is left alone for a while. `now` is of a clock that never jumps. */
export type Circuit = { faults: number; restUntil: number };

export const closedCircuit: Circuit = { faults: 0, restUntil: 0 };

export const afterSuccess = (): Circuit => closedCircuit;

/** `random` in [0, 1) spreads the probes of several bridges. */
export function afterFault(circuit: Circuit, now: number, random: number): Circuit {
  const faults = circuit.faults + 1;
  if (faults < OPENS_AFTER) return { faults, restUntil: 0 };
  return { faults, restUntil: now + backoffMs(faults - OPENS_AFTER, random) };
}

export const restMs = (circuit: Circuit, now: number): number =>
  Math.max(0, circuit.restUntil - now);

/** Doubles with each step, between a half and the whole of it. */
export function backoffMs(step: number, random: number): number {
  const full = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(step, 10));
  return Math.round(full * (0.5 + random / 2));
}
