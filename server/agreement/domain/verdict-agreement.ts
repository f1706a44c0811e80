import type { BootstrapSettings, Statistic } from "./bootstrap";
import { type Estimate, estimates } from "./estimate";
import { fleissFrom } from "./fleiss-kappa";
import { ac1From } from "./gwet-ac1";
import {
  EVERY_IMAGE,
  type ImageMask,
  type JudgedGrid,
  SumsByPair,
  sizeOf,
  votesOf,
} from "./judged-grid";
import { alphaFrom, coincidencesOf } from "./krippendorff-alpha";
import { agreeingPairs, type UnitCounts } from "./unit-counts";

export type VerdictAgreement = {
  pairs: number;
  grids: number;
  /** Images that two or more judged. */
  images: number;
  raters: number;
  /** Verdicts an image has, of those images. */
  ratings: { total: number; fewest: number; most: number };
  /** Share of the planned verdicts on these grids that are not there: broken images, raters yet to come. */
  missing: number;
  alpha: Estimate;
  ac1: Estimate;
  /** null: images have different numbers of verdicts, and Fleiss' kappa is not for that. */
  fleiss: Estimate | null;
  raw: Estimate;
};

/** Nominal agreement on correct or incorrect, over the images that `within` takes of each grid. */
export function verdictAgreement(
  grids: readonly JudgedGrid[],
  settings: BootstrapSettings,
  within: (grid: JudgedGrid) => ImageMask = () => EVERY_IMAGE,
): VerdictAgreement {
  const sums = new SumsByPair(WIDTH);
  const raters = new Set<string>();
  const ratings = { total: 0, fewest: Number.POSITIVE_INFINITY, most: 0 };
  let [images, given, planned] = [0, 0, 0];
  const judged = grids.filter((grid) => grid.sittings.length >= 2);
  for (const grid of judged) {
    const mask = within(grid);
    for (const { raterId } of grid.sittings) raters.add(raterId);
    planned += Math.max(grid.planned, grid.sittings.length) * sizeOf(mask);
    for (const { correct, incorrect } of votesOf(grid.sittings, mask)) {
      const count = correct + incorrect;
      given += count;
      if (count < 2) continue;
      images += 1;
      ratings.total += count;
      ratings.fewest = Math.min(ratings.fewest, count);
      ratings.most = Math.max(ratings.most, count);
      sums.add(grid.pairId, contributionOf(correct, incorrect));
    }
  }
  const contributions = sums.all();
  const { fleiss, ...found } = estimates(contributions, STATISTICS, settings);
  return {
    pairs: contributions.length,
    grids: judged.length,
    images,
    raters: raters.size,
    ratings: { ...ratings, fewest: images === 0 ? 0 : ratings.fewest },
    missing: planned === 0 ? 0 : 1 - given / planned,
    ...found,
    fleiss: ratings.fewest < ratings.most ? null : fleiss,
  };
}

// What one image adds: 1, coincidences correct-correct, correct-incorrect, incorrect-incorrect, its agreeing
// pairs of raters as a share, its share of "correct". Every figure below is a function of their sums.
const WIDTH = 6;
const known = new Map<string, readonly number[]>();

function contributionOf(correct: number, incorrect: number): readonly number[] {
  const key = `${correct}/${incorrect}`;
  const found = known.get(key);
  if (found) return found;
  const unit: UnitCounts = [correct, incorrect];
  const [[both = 0, mixed = 0] = [], [, neither = 0] = []] = coincidencesOf([unit], 2);
  const share = correct / (correct + incorrect);
  const made = [1, both, mixed, neither, agreeingPairs(unit), share];
  known.set(key, made);
  return made;
}

const sharesOf = (sums: Float64Array) => {
  const correct = (sums[5] ?? 0) / (sums[0] ?? 1);
  return [correct, 1 - correct];
};
const rawOf = (sums: Float64Array) => (sums[4] ?? 0) / (sums[0] ?? 1);

const STATISTICS = {
  alpha: ([, both = 0, mixed = 0, neither = 0]) =>
    alphaFrom(
      [
        [both, mixed],
        [mixed, neither],
      ],
      [1, 0],
      "nominal",
    ),
  ac1: (sums) => ac1From(rawOf(sums), sharesOf(sums)),
  fleiss: (sums) => fleissFrom(rawOf(sums), sharesOf(sums)),
  raw: rawOf,
} satisfies Record<string, Statistic>;
