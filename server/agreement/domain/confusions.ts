import type { BootstrapSettings } from "./bootstrap";
import type { Coefficient } from "./coefficient";
import { cohenKappa } from "./cohen-kappa";
import { type Estimate, estimates } from "./estimate";
import { ac1From } from "./gwet-ac1";
import {
  EVERY_IMAGE,
  type ImageMask,
  type JudgedGrid,
  type RaterVerdicts,
  SumsByPair,
  sizeOf,
  totalOf,
  votesOf,
} from "./judged-grid";

/** Images by what two judgements said: both correct, only the first, only the second, both incorrect. */
export type Counts = { both: number; onlyFirst: number; onlySecond: number; neither: number };
export type Compared = {
  images: number;
  pairs: number;
  counts: Counts;
  raw: Estimate;
  /** Cohen's, with its interval over pairs. */
  kappa: Estimate;
  /** Gwet's, which stays steady where nearly all verdicts are the same. */
  ac1: Estimate;
  /** Of large samples, taking the images as independent; null where there is no kappa. */
  standardError: number | null;
};
export type Within = (grid: JudgedGrid) => ImageMask;

const everything: Within = () => EVERY_IMAGE;
const WIDTH = 4;

/** Confusion counts pair by pair: what `compare` reckons from. */
export type PairCounts = readonly Float64Array[];

/** Each two raters over the images that both judged; those with most in common first. */
export function betweenRaters(
  grids: readonly JudgedGrid[],
  within = everything,
): { first: string; second: string; counts: PairCounts }[] {
  const found = new Map<string, { first: string; second: string; sums: SumsByPair }>();
  for (const grid of grids) {
    const sittings = grid.sittings.toSorted((x, y) => (x.raterId < y.raterId ? -1 : 1));
    for (const [index, one] of sittings.entries()) {
      for (const other of sittings.slice(index + 1)) {
        const key = `${one.raterId} ${other.raterId}`;
        const entry = found.get(key) ?? {
          first: one.raterId,
          second: other.raterId,
          sums: new SumsByPair(WIDTH),
        };
        entry.sums.add(grid.pairId, confusionOf(one, other, within(grid)));
        found.set(key, entry);
      }
    }
  }
  return [...found.values()]
    .map(({ sums, ...who }) => ({ ...who, counts: shared(sums) }))
    .toSorted((x, y) => imagesOf(y.counts) - imagesOf(x.counts));
}

/** Each rater against the majority of the others; images on which the others are split count for nobody. */
export function againstOthers(
  grids: readonly JudgedGrid[],
  within = everything,
): { raterId: string; counts: PairCounts }[] {
  const found = new Map<string, SumsByPair>();
  for (const grid of grids) {
    if (grid.sittings.length < 2) continue;
    const votes = votesOf(grid.sittings, within(grid));
    for (const own of grid.sittings) {
      const sums = found.get(own.raterId) ?? new SumsByPair(WIDTH);
      sums.add(grid.pairId, confusionOf(own, othersOf(own, votes), within(grid)));
      found.set(own.raterId, sums);
    }
  }
  return [...found]
    .map(([raterId, sums]) => ({ raterId, counts: shared(sums) }))
    .toSorted((x, y) => imagesOf(y.counts) - imagesOf(x.counts));
}

export type Repeat = { grid: JudgedGrid; first: RaterVerdicts; again: RaterVerdicts };

/** Raters against themselves, where a grid came to them a second time unannounced. */
export function againstThemselves(repeats: readonly Repeat[], within = everything): PairCounts {
  const sums = new SumsByPair(WIDTH);
  for (const { grid, first, again } of repeats)
    sums.add(grid.pairId, confusionOf(first, again, within(grid)));
  return shared(sums);
}

type Verdicts = Pick<RaterVerdicts, "correct" | "incorrect">;

const confusionOf = (one: Verdicts, other: Verdicts, within: ImageMask) => [
  sizeOf(one.correct & other.correct & within),
  sizeOf(one.correct & other.incorrect & within),
  sizeOf(one.incorrect & other.correct & within),
  sizeOf(one.incorrect & other.incorrect & within),
];

function othersOf(own: Verdicts, votes: ReturnType<typeof votesOf>): Verdicts {
  let correct = 0;
  let incorrect = 0;
  for (const vote of votes) {
    const isFor = vote.correct - ((own.correct >>> vote.position) & 1);
    const isAgainst = vote.incorrect - ((own.incorrect >>> vote.position) & 1);
    if (isFor > isAgainst) correct |= 1 << vote.position;
    if (isAgainst > isFor) incorrect |= 1 << vote.position;
  }
  return { correct, incorrect };
}

/** The two raters' figures with intervals over pairs. */
export function compare(pairCounts: PairCounts, settings: BootstrapSettings): Compared {
  const [both = 0, onlyFirst = 0, onlySecond = 0, neither = 0] = totalOf(pairCounts, WIDTH);
  const counts = { both, onlyFirst, onlySecond, neither };
  return {
    images: imagesOf(pairCounts),
    pairs: pairCounts.length,
    counts,
    ...estimates(pairCounts, { raw: sharedOf, kappa: kappaOf, ac1: ac1Of }, settings),
    standardError: cohenKappa(tableOf(Object.values(counts))).standardError,
  };
}

// A pair without a common image would only be drawn for nothing.
const shared = (sums: SumsByPair): PairCounts =>
  sums.all().filter((one) => one.some((count) => count > 0));

const imagesOf = (counts: PairCounts) =>
  totalOf(counts, WIDTH).reduce((sum, count) => sum + count, 0);

const tableOf = ([both = 0, onlyFirst = 0, onlySecond = 0, neither = 0]: ArrayLike<number> &
  Iterable<number>) => [
  [both, onlyFirst],
  [onlySecond, neither],
];
const kappaOf = (sums: Float64Array) => cohenKappa(tableOf(sums)).kappa;
const sharedOf = ([both = 0, one = 0, other = 0, neither = 0]: Float64Array) =>
  (both + neither) / (both + one + other + neither);

function ac1Of(sums: Float64Array): Coefficient {
  const [both = 0, one = 0, other = 0, neither = 0] = sums;
  const correct = (2 * both + one + other) / (2 * (both + one + other + neither));
  return ac1From(sharedOf(sums), [correct, 1 - correct]);
}
