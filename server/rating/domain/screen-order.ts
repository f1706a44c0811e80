import type { GridLayout, RatingMode } from "@/db/enums";
import { seededDraws } from "@/server/mining/domain/random";

/**
 * The order in which a screened or random grid is shown: a permutation of 0 to count - 1, drawn by
 * Fisher and Yates' shuffle from the end, each draw the next of Mulberry32 started with `seed`.
 * The seed is stored with the sitting, so the order can be found again for ever.
 */
export function screenOrder(seed: number, count: number): number[] {
  const draw = seededDraws(seed);
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(draw() * (last + 1));
    const moved = order[last] ?? last;
    order[last] = order[other] ?? other;
    order[other] = moved;
  }
  return order;
}

export type ShownAs = { mode: RatingMode; layout: GridLayout; orderSeed: number };

/**
 * Cells in the order they are shown: by position, or as the sitting's seed says where its grid is
 * screened or laid at random. What is stored names images, so it never depends on this order.
 */
export function asShown<Cell extends { position: number }>(
  cells: readonly Cell[],
  { mode, layout, orderSeed }: ShownAs,
): Cell[] {
  const placed = cells.toSorted((one, other) => one.position - other.position);
  if (mode === "full" && layout === "columns") return placed;
  return screenOrder(orderSeed, placed.length).flatMap((index) => placed[index] ?? []);
}
