import { describe, expect, test } from "vitest";
import { bootstrap, percentile } from "@/server/agreement/domain/bootstrap";
import { clopperPearson, noneOfAtMost } from "@/server/agreement/domain/clopper-pearson";
import { incompleteBeta, inverseBeta, logGamma } from "@/server/agreement/domain/incomplete-beta";
import { wilsonInterval } from "@/server/rating/domain/level";

// In percent; the last from SciPy 1.17.1.
test.each([
  [0, 20, 0, 16.8, 1],
  [1, 20, 0.1, 24.9, 1],
  [5, 20, 8.7, 49.1, 1],
  [10, 20, 27, 73, 0],
  [16, 20, 56, 94, 0],
  [20, 20, 83.157, 100, 3],
])("the exact interval of %i of %i is %f to %f %%", (count, total, low, high, digits) => {
  const interval = clopperPearson(count, total);

  expect(interval.low * 100).toBeCloseTo(low, digits);
  expect(interval.high * 100).toBeCloseTo(high, digits);
});

test("none of n bounds the true share from above, one-sided", () => {
  const bounds = [20, 40, 64, 100].map((total) => Math.round(noneOfAtMost(total) * 1000) / 10);

  expect(bounds).toEqual([13.9, 7.2, 4.6, 3]);
});

// Newcombe 1998 and the grid of 20.
test.each([
  [81, 263, 0.2553, 0.3662, 4],
  [15, 148, 0.0624, 0.1605, 4],
  [0, 20, 0, 0.1611, 4],
  [1, 29, 0.0061, 0.1718, 4],
  [1, 20, 0.009, 0.236, 3],
  [2, 20, 0.028, 0.301, 3],
  [5, 20, 0.112, 0.469, 3],
  [10, 20, 0.299, 0.701, 3],
  [15, 20, 0.531, 0.888, 3],
  [18, 20, 0.699, 0.972, 3],
  [19, 20, 0.764, 0.991, 3],
  [20, 20, 0.839, 1, 3],
])("Wilson's interval of %i of %i is %f to %f", (count, total, low, high, digits) => {
  const interval = wilsonInterval(count, total);

  expect(interval.low).toBeCloseTo(low, digits);
  expect(interval.high).toBeCloseTo(high, digits);
});

describe("the incomplete beta function", () => {
  test("has the values of closed forms", () => {
    expect(incompleteBeta(0.3, 1, 1)).toBeCloseTo(0.3, 14);
    expect(incompleteBeta(0.3, 2, 1)).toBeCloseTo(0.09, 14);
    expect(incompleteBeta(0.3, 1, 4)).toBeCloseTo(1 - 0.7 ** 4, 14);
    // Arcsine law.
    expect(incompleteBeta(0.2, 0.5, 0.5)).toBeCloseTo(
      (2 / Math.PI) * Math.asin(Math.sqrt(0.2)),
      13,
    );
    expect(incompleteBeta(0, 3, 4)).toBe(0);
    expect(incompleteBeta(1, 3, 4)).toBe(1);
  });

  test("is undone by its inverse, for grids and for ten thousand images", () => {
    for (const [share, a, b] of [
      [0.025, 1, 20],
      [0.975, 6, 15],
      [0.025, 4000, 6001],
      [0.975, 9999, 2],
    ] as const) {
      expect(incompleteBeta(inverseBeta(share, a, b), a, b)).toBeCloseTo(share, 9);
    }
  });

  test("stands on a gamma function that knows factorials", () => {
    expect(Math.exp(logGamma(6))).toBeCloseTo(120, 9);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
  });
});

const rowsOf = (data: readonly number[]) => data.map((value) => [value]);
const mean = (sums: Float64Array, units: number) => (sums[0] ?? 0) / units;
const TREATED = [94, 197, 16, 38, 99, 141, 23];
const CONTROL = [52, 104, 146, 10, 51, 30, 40, 27, 46];
// Efron and Tibshirani's law schools: LSAT, GPA.
const LAW_SCHOOLS = [
  [576, 3.39],
  [635, 3.3],
  [558, 2.81],
  [578, 3.03],
  [666, 3.44],
  [580, 3.07],
  [555, 3.0],
  [661, 3.43],
  [651, 3.36],
  [605, 3.13],
  [653, 3.12],
  [575, 2.74],
  [545, 2.76],
  [572, 2.88],
  [594, 2.96],
] as const;

describe("the bootstrap", () => {
  test("of the mean of 1, 2 and 6 takes all 27 resamples and needs no chance", () => {
    const { means } = bootstrap(rowsOf([1, 2, 6]), { means: mean }, { draws: 1000, seed: 1 });

    expect(means).toMatchObject({ draws: 27, seed: null, undefinedDraws: 0 });
    expect(means?.standardError).toBeCloseTo(1.247219, 6);
    expect(means?.low).toBeCloseTo(1.216667, 6);
    expect(means?.high).toBeCloseTo(5.133333, 6);
  });

  test("of the treated mice, all 823,543 resamples, has the ideal standard error", () => {
    const { means } = bootstrap(rowsOf(TREATED), { means: mean }, { draws: 1e6, seed: 1 });

    expect(TREATED.reduce((sum, days) => sum + days, 0) / 7).toBeCloseTo(86.857, 3);
    expect(means).toMatchObject({ draws: 7 ** 7, seed: null });
    expect(means?.standardError).toBeCloseTo(23.364, 3);
  });

  test("of the control mice, drawn, comes near the ideal standard error", () => {
    const settings = { draws: 20_000, seed: 7 };

    const { means } = bootstrap(rowsOf(CONTROL), { means: mean }, settings);

    expect(means).toMatchObject(settings);
    // Of 20,000 draws the standard error itself is known to about half a percent.
    expect(Math.abs((means?.standardError ?? 0) / 13.349 - 1)).toBeLessThan(0.02);
  });

  test("of the law schools' correlation has the published spread and interval", () => {
    const rows = LAW_SCHOOLS.map(([x, y]) => [x, y, x * x, y * y, x * y]);
    const correlation = (sums: Float64Array, n: number) => {
      const [x, y, xx, yy, xy] = sums as unknown as [number, number, number, number, number];
      const spread = (n * xx - x * x) * (n * yy - y * y);
      return spread <= 0 ? ("no variation" as const) : (n * xy - x * y) / Math.sqrt(spread);
    };
    const all = Float64Array.from(rows[0]!, (_, at) =>
      rows.reduce((sum, row) => sum + row[at]!, 0),
    );

    const { r } = bootstrap(rows, { r: correlation }, { draws: 20_000, seed: 3 });

    expect(correlation(all, 15)).toBeCloseTo(0.776374, 6);
    expect(r?.standardError).toBeGreaterThan(0.13);
    expect(r?.standardError).toBeLessThan(0.14);
    expect(r?.low).toBeCloseTo(0.46, 1);
    expect(r?.high).toBeCloseTo(0.96, 2);
  });

  test("says the same again for the same seed, and something else for another", () => {
    const of = (seed: number) => bootstrap(rowsOf(CONTROL), { mean }, { draws: 500, seed }).mean;

    expect(of(1)).toEqual(of(1));
    expect(of(2)?.low).not.toBe(of(1)?.low);
  });

  test("counts the resamples in which the figure does not exist, and says nothing of one unit", () => {
    const settings = { draws: 100, seed: 1 };
    const onlyMixed = (sums: Float64Array, units: number) =>
      sums[0] === 0 || sums[0] === units ? "no variation" : (sums[0] ?? 0);

    const { one } = bootstrap(rowsOf([0, 1]), { one: onlyMixed }, settings);

    expect(one).toMatchObject({ draws: 4, undefinedDraws: 2, low: 1, high: 1 });
    expect(bootstrap(rowsOf([5]), { mean }, settings).mean).toBeNull();
    expect(bootstrap([], { mean }, settings).mean).toBeNull();
  });

  test("takes limits between two values in proportion", () => {
    expect(percentile([1, 2, 4], 0.25)).toBe(1.5);
    expect(percentile([1, 2, 4], 1)).toBe(4);
  });
});
