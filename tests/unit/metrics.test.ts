import { expect, test } from "vitest";
import { auc } from "@/server/metrics/domain/auc";
import { correlate } from "@/server/metrics/domain/correlate";
import { kendall } from "@/server/metrics/domain/kendall";
import { pearson } from "@/server/metrics/domain/pearson";
import { rankedBy } from "@/server/metrics/domain/prepared";
import { resamples } from "@/server/metrics/domain/resamples";
import { spearman } from "@/server/metrics/domain/spearman";
import { seededDraws } from "@/server/mining/domain/random";

const once = (values: readonly unknown[]) => values.map(() => 1);
const rho = (xs: number[], ys: number[], weights = once(xs)) =>
  spearman(rankedBy(xs), rankedBy(ys), weights);
const tau = (xs: number[], ys: number[], weights = once(xs)) => {
  const byX = xs.map((_, at) => at).toSorted((a, b) => xs[a]! - xs[b]!);
  return kendall(rankedBy(xs), rankedBy(ys), byX, weights);
};
/** Efron and Tibshirani 1993, table 3.1: LSAT and GPA of 15 law schools. */
const LSAT = [576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594];
const GPA = [
  3.39, 3.3, 2.81, 3.03, 3.44, 3.07, 3.0, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96,
];

test("Spearman's rho gives SciPy's documented value, ties included", () => {
  expect(rho([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.820783, 6);
  expect(rho([3, 1, 2], [30, 10, 20])).toBeCloseTo(1, 12);
});

test("Kendall's tau-b gives SciPy's documented value, ties included", () => {
  expect(tau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.471405, 6);
  expect(tau([1, 2, 3], [3, 2, 1])).toBe(-1);
});

test("the correlation of the law schools is Efron's, and its bootstrap interval too", () => {
  expect(pearson(LSAT, GPA, once(LSAT))).toBeCloseTo(0.776374, 6);
  const schools = LSAT.map((score, at) => ({ pairId: `${at}`, score, correct: GPA[at]! }));
  const { pearson: found } = correlate(schools, [], { draws: 20_000, seed: 1 });
  expect(found.interval?.standardError).toBeCloseTo(0.134, 2);
  expect(found.interval?.low).toBeCloseTo(0.46, 1);
  expect(found.interval?.high).toBeCloseTo(0.96, 2);
});

test("the area under the curve is that of Hanley and McNeil's 109 scans", () => {
  const normal = [33, 6, 6, 11, 2];
  const abnormal = [3, 2, 2, 11, 33];
  const grades = [1, 2, 3, 4, 5];
  const area = auc(
    rankedBy([...grades, ...grades]),
    [0, 0, 0, 0, 0, 1, 1, 1, 1, 1],
    [...normal, ...abnormal],
  );
  expect(area).toBeCloseTo(0.893, 3);
  expect(auc(rankedBy([1, 1]), [0, 1], [1, 1])).toBe(0.5);
});

test("a weight is so many copies: every figure of a weighted sample is that of the sample written out", () => {
  const draw = seededDraws(7);
  for (let round = 0; round < 50; round += 1) {
    const xs = Array.from({ length: 12 }, () => Math.floor(draw() * 6));
    const ys = Array.from({ length: 12 }, () => Math.floor(draw() * 6));
    const weights = Array.from({ length: 12 }, () => Math.floor(draw() * 4));
    const out = (values: number[]) => values.flatMap((value, at) => Array(weights[at]).fill(value));
    const near = (one: unknown, other: unknown) =>
      typeof one === "number"
        ? expect(one).toBeCloseTo(other as number, 10)
        : expect(one).toBe(other);
    near(rho(xs, ys, weights), rho(out(xs), out(ys)));
    near(tau(xs, ys, weights), tau(out(xs), out(ys)));
    near(tau(out(xs), out(ys)), tauByPairs(out(xs), out(ys)));
    near(pearson(xs, ys, weights), pearson(out(xs), out(ys), once(out(xs))));
  }
});

test("where nothing varies there is no figure, and no number stands for it", () => {
  expect(rho([1, 1, 1], [1, 2, 3])).toBe("no variation");
  expect(tau([1, 2, 3], [5, 5, 5])).toBe("no variation");
  expect(auc(rankedBy([1, 2]), [1, 1], [1, 1])).toBe("no variation");
  const nothing = correlate([], [], { draws: 10, seed: 1 });
  expect(nothing).toMatchObject({ pairs: 0, spearman: { value: "no overlap", interval: null } });
});

test("a pair comes with all its grids and images: resampling grids would make the interval too narrow", () => {
  const of = (pairId: string, score: number, correct: number) => ({ pairId, score, correct });
  const four = [
    of("a", 1, 2),
    of("b", 2, 1),
    of("c", 3, 9),
    of("d", 4, 12),
    of("e", 5, 8),
    of("f", 6, 14),
  ];
  const twice = four.flatMap((grid) => [grid, grid]);
  const settings = { draws: 1000, seed: 1 };
  const [one, doubled] = [correlate(four, [], settings), correlate(twice, [], settings)];
  expect(doubled.pairs).toBe(6);
  expect(doubled.spearman.interval?.low).toBeCloseTo(one.spearman.interval!.low, 6);
});

test("of two units all four resamples are taken, and the same seed gives the same interval", () => {
  const drawn = [...resamples(2, { draws: 1000, seed: 1 })].length;
  expect(drawn).toBe(4);
  const images = [0.2, 0.9, 0.4, 0.8, 0.3, 0.6].map((score, at) => ({
    pairId: `${at}`,
    score,
    isCorrect: at % 2 === 1,
  }));
  const reckon = () => correlate([], images, { draws: 500, seed: 1 });
  expect(reckon()).toEqual(reckon());
  expect(reckon().auc.value).toBe(1);
});

/** From the definition, pair by pair. */
function tauByPairs(xs: number[], ys: number[]) {
  let [sum, untiedX, untiedY] = [0, 0, 0];
  for (let a = 0; a < xs.length; a += 1) {
    for (let b = 0; b < a; b += 1) {
      const [dx, dy] = [Math.sign(xs[a]! - xs[b]!), Math.sign(ys[a]! - ys[b]!)];
      sum += dx * dy;
      untiedX += dx * dx;
      untiedY += dy * dy;
    }
  }
  if (xs.length < 2) return "no overlap";
  return untiedX && untiedY ? sum / Math.sqrt(untiedX * untiedY) : "no variation";
}
