import type { BootstrapSettings } from "./bootstrap";
import { type Estimate, estimates } from "./estimate";
import { type JudgedGrid, SumsByPair } from "./judged-grid";
import { LEVELS, ownLevel } from "./level-agreement";
import { weightedKappa } from "./weighted-kappa";

/** Of the grids to which both gave a Level of their own; `kappa` has quadratic weights: a Level beside the other's weighs little. */
export type LevelsOfTwo = { grids: number; kappa: Estimate };

/** How far two raters' own Levels agree, with the interval over pairs; who could not see an image has none of that grid. */
export function levelsOfTwo(
  grids: readonly JudgedGrid[],
  { first, second }: { first: string; second: string },
  settings: BootstrapSettings,
): LevelsOfTwo {
  const sums = new SumsByPair(LEVELS.length ** 2);
  let counted = 0;
  for (const grid of grids) {
    const [row, column] = [levelBy(grid, first), levelBy(grid, second)];
    if (row === null || column === null) continue;
    counted += 1;
    sums.add(
      grid.pairId,
      LEVELS.flatMap((one) => LEVELS.map((other) => Number(one === row && other === column))),
    );
  }
  const { kappa } = estimates(sums.all(), { kappa: quadraticKappa }, settings);
  return { grids: counted, kappa };
}

function levelBy({ sittings }: JudgedGrid, raterId: string): number | null {
  const sitting = sittings.find((one) => one.raterId === raterId);
  return sitting ? ownLevel(sitting) : null;
}

const quadraticKappa = (sums: Float64Array) =>
  weightedKappa(
    LEVELS.map((_, row) =>
      Array.from(sums.subarray(row * LEVELS.length, (row + 1) * LEVELS.length)),
    ),
    "quadratic",
  );
