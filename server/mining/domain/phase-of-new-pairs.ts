/** Pairs that grow from a phase-1 pattern belong to phase 2; later patterns keep their phase. */
export const phaseOfNewPairs = ({ phase }: { phase: number }): number => (phase === 1 ? 2 : phase);
