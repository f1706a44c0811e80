import { IMAGES_PER_GRID } from "./level";

/** What is worth a look in how a grid was judged. A mark is shown to researchers and never excludes anything. */
export type JudgedGrid = {
  raterId: string;
  activeMs: number | null;
  /** Judged in that time: all 20, but where a mended grid came with the verdicts on the others. */
  images: number;
  /** Verdicts that were given after the first one of an image. */
  changes: number;
  correct: number;
};

export const FAST_MS_PER_IMAGE = 400;
const CHANGES_PERCENTILE = 0.95;
/** With fewer grids, all of one kind says nothing. */
const FEWEST_GRIDS = 10;
const RARE = 0.001;

/** null: not known, or nothing was judged. */
export const msPerImage = ({
  activeMs,
  images,
}: Pick<JudgedGrid, "activeMs" | "images">): number | null =>
  activeMs === null || images === 0 ? null : activeMs / images;

export function isFast(grid: Pick<JudgedGrid, "activeMs" | "images">): boolean {
  const ms = msPerImage(grid);
  return ms !== null && ms < FAST_MS_PER_IMAGE;
}

const isUniform = ({ correct }: Pick<JudgedGrid, "correct">): boolean =>
  correct === 0 || correct === IMAGES_PER_GRID;

/** More changes than in 95 of 100 grids; null while there are too few to tell. */
export function restlessAbove(grids: readonly Pick<JudgedGrid, "changes">[]): number | null {
  if (grids.length < FEWEST_GRIDS) return null;
  const sorted = grids.map((grid) => grid.changes).toSorted((one, other) => one - other);
  return sorted[Math.ceil(CHANGES_PERCENTILE * sorted.length) - 1] ?? null;
}

/**
 * Raters whose grids are all of one verdict more often than chance allows, where chance is the share of such
 * grids among everybody else's: with half of all pairs at Level 5, grids without a correct image are common.
 */
export function uniformRaters(grids: readonly JudgedGrid[]): string[] {
  const byRater = Map.groupBy(grids, (grid) => grid.raterId);
  return [...byRater].flatMap(([raterId, mine]) => {
    const others = grids.filter((grid) => grid.raterId !== raterId);
    if (mine.length < FEWEST_GRIDS || others.length < FEWEST_GRIDS) return [];
    // One of each added: a share of 0 or 1 among a few grids is no certainty (Laplace).
    const share = (others.filter(isUniform).length + 1) / (others.length + 2);
    return atLeast(mine.filter(isUniform).length, mine.length, share) < RARE ? [raterId] : [];
  });
}

/** P(X >= count) of a binomial with `total` draws. */
function atLeast(count: number, total: number, share: number): number {
  let term = (1 - share) ** total;
  let below = 0;
  for (let hits = 0; hits < count; hits += 1) {
    below += term;
    term *= ((total - hits) / (hits + 1)) * (share / (1 - share));
  }
  return Math.max(0, 1 - below);
}
