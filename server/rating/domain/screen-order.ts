import { seededDraws } from "@/server/mining/domain/random";

/**
 * The order in which a screened grid is shown: a permutation of 0 to count - 1, drawn by
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

/** Cells in the order they are shown: by position, or as the seed of a screened sitting says. */
export function asShown<Cell extends { position: number }>(
  cells: readonly Cell[],
  { mode, orderSeed }: { mode: "full" | "screen"; orderSeed: number },
): Cell[] {
  const placed = cells.toSorted((one, other) => one.position - other.position);
  if (mode === "full") return placed;
  return screenOrder(orderSeed, placed.length).flatMap((index) => placed[index] ?? []);
}
