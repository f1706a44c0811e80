import { seededDraws } from "./random";

export type Candidate = {
  pairId: string;
  isPinned: boolean;
  /** Never drawn right, and both concepts can be drawn alone. */
  isProven: boolean;
  weight: number;
};

/**
 * The pinned ones, then proven ones, then the others; within each a draw by weight, so that another
 * seed shows other examples. Proven ones stand first in what is returned.
 */
export function pickExemplars<C extends Candidate>(
  candidates: readonly C[],
  most: number,
  seed: number,
): C[] {
  const draw = seededDraws(seed);
  // Efraimidis and Spirakis: the largest u^(1/w) are a draw by weight without putting back.
  const drawn = candidates.map((candidate) => ({
    candidate,
    key: draw() ** (1 / candidate.weight),
  }));
  const rank = ({ isPinned, isProven }: Candidate) => (isPinned ? 2 : 0) + (isProven ? 1 : 0);
  return drawn
    .sort((x, y) => rank(y.candidate) - rank(x.candidate) || y.key - x.key)
    .slice(0, most)
    .map(({ candidate }) => candidate)
    .sort((x, y) => Number(y.isProven) - Number(x.isProven));
}
