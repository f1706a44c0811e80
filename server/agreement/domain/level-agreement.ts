import { IMAGES_PER_GRID, levelOf } from "@/server/rating/domain/level";
import type { BootstrapSettings } from "./bootstrap";
import { type Estimate, estimates } from "./estimate";
import { type JudgedGrid, type RaterVerdicts, SumsByPair, sizeOf } from "./judged-grid";
import { alphaFrom, coincidencesOf } from "./krippendorff-alpha";

export type LevelAgreement = {
  pairs: number;
  /** Grids with the Levels of two or more raters. */
  grids: number;
  alpha: Estimate;
};

export const LEVELS = [1, 2, 3, 4, 5];

/** Ordinal alpha over the raters' own Levels; who could not see an image has none of that grid. */
export function levelAgreement(
  grids: readonly JudgedGrid[],
  settings: BootstrapSettings,
): LevelAgreement {
  const sums = new SumsByPair(LEVELS.length ** 2);
  let counted = 0;
  for (const grid of grids) {
    const own = grid.sittings.flatMap((sitting) => ownLevel(sitting) ?? []);
    if (own.length < 2) continue;
    counted += 1;
    const unit = LEVELS.map((level) => own.filter((one) => one === level).length);
    sums.add(grid.pairId, coincidencesOf([unit], LEVELS.length).flat());
  }
  const contributions = sums.all();
  const { alpha } = estimates(contributions, { alpha: ordinalAlpha }, settings);
  return { pairs: contributions.length, grids: counted, alpha };
}

export function ownLevel({ correct, incorrect }: RaterVerdicts): number | null {
  const seen = sizeOf(correct) + sizeOf(incorrect);
  return seen === IMAGES_PER_GRID ? levelOf(sizeOf(correct)) : null;
}

const ordinalAlpha = (sums: Float64Array) =>
  alphaFrom(
    LEVELS.map((_, row) => Array.from(sums.subarray(row * 5, row * 5 + 5))),
    LEVELS,
    "ordinal",
  );
