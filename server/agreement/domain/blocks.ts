import type { JudgedGrid } from "./judged-grid";

const SMALLEST = 20;
const MOST_BLOCKS = 40;

/**
 * Grids in the order in which their last rater was done, in blocks of 20, or of as many times two as leave no
 * more than 40 of them. What is left over at the end makes the last one.
 */
export function blocksOf(grids: readonly JudgedGrid[]): { size: number; blocks: JudgedGrid[][] } {
  const sorted = grids.toSorted((one, other) => one.at - other.at);
  let size = SMALLEST;
  while (sorted.length / size > MOST_BLOCKS) size *= 2;
  const blocks = Array.from({ length: Math.ceil(sorted.length / size) }, (_, index) =>
    sorted.slice(index * size, (index + 1) * size),
  );
  return { size, blocks };
}
