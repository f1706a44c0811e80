import { describe, expect, test } from "vitest";
import { binomialHalf } from "@/server/comparison/domain/binomial-half";
import { compareLevels } from "@/server/comparison/domain/compare-levels";
import { holm } from "@/server/comparison/domain/holm";
import { levelCounts, levelTable } from "@/server/comparison/domain/level-counts";
import { mcnemar } from "@/server/comparison/domain/mcnemar";
import { signFlips } from "@/server/comparison/domain/sign-flips";
import { signedRanks } from "@/server/comparison/domain/signed-ranks";
import type { Level } from "@/server/rating/domain/level";

const SETTINGS = { draws: 10_000, seed: 1 };
// Darwin's maize: crossed less self-fertilised, in eighths of an inch.
const MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

describe("McNemar", () => {
  // An encyclopedia's two examples, Agresti's approval survey.
  test.each([
    [121, 59, 21.3556],
    [6, 16, 4.5455],
    [86, 150, 17.3559],
    [7, 1, 4.5],
  ])("%i against %i gives the published chi-square of %f", (b, c, chiSquare) => {
    expect(mcnemar(b, c).chiSquare).toBeCloseTo(chiSquare, 4);
  });

  test.each([
    [6, 16, 0.052479, 0.03469],
    [7, 1, 0.0703125, 0.0390625],
  ])("%i against %i gives the exact p of %f and the mid-p of %f", (b, c, exact, midP) => {
    const found = mcnemar(b, c);

    expect(found.exact).toBeCloseTo(exact, 6);
    expect(found.midP).toBeCloseTo(midP, 6);
    expect(mcnemar(c, b).exact).toBe(found.exact);
  });

  test("the continuity correction takes 1 from the gap", () => {
    expect(mcnemar(6, 16).corrected).toBeCloseTo(3.6818, 4);
    expect(mcnemar(5, 5).corrected).toBe(0);
  });

  test("15 of 20 is the binomial test against a half", () => {
    expect(mcnemar(15, 5).exact).toBeCloseTo(0.041389, 6);
  });

  test("equal counts give 1, and no pair that differs gives no p at all", () => {
    expect(mcnemar(4, 4)).toMatchObject({ exact: 1, chiSquare: 0 });
    expect(mcnemar(0, 0)).toMatchObject({ exact: null, midP: null, chiSquare: null });
  });

  test("thousands of pairs that differ stay numbers", () => {
    expect(binomialHalf(1500, 3000).atMost).toBeCloseTo(0.507283, 5);
    expect(mcnemar(1400, 1600).exact).toBeCloseTo(0.000278, 5);
  });
});

describe("flipped signs", () => {
  test("863 of 32,768 sign patterns give Darwin's maize a sum so large", () => {
    const found = signFlips(MAIZE, SETTINGS);

    expect(found.upper * 2 ** 15).toBeCloseTo(863, 6);
    expect(found.twoSided).toBeCloseTo(0.052673, 6);
    expect(found.sampled).toBeNull();
  });

  test("zeros change nothing, and no difference leaves p at 1", () => {
    expect(signFlips([...MAIZE, 0, 0], SETTINGS)).toEqual(signFlips(MAIZE, SETTINGS));
    expect(signFlips([0, 0], SETTINGS).twoSided).toBe(1);
  });

  test("where all patterns are too many, drawn ones come near them, and one seed always gives the same", () => {
    // The same test in a coarser and a finer unit: only the second is too much to count.
    const coarse = Array.from({ length: 60 }, (_, at) => (at % 3 === 0 ? -1 : 1));
    const fine = coarse.map((term) => term * 50_000);
    const exact = signFlips(coarse, SETTINGS);
    const drawn = signFlips(fine, SETTINGS);

    expect(exact.sampled).toBeNull();
    expect(drawn.sampled).toEqual(SETTINGS);
    expect(Math.abs(drawn.twoSided - exact.twoSided)).toBeLessThan(0.004);
    expect(signFlips(fine, SETTINGS)).toEqual(drawn);
    expect(signFlips(fine, { ...SETTINGS, seed: 2 }).twoSided).not.toBe(drawn.twoSided);
  });
});

describe("signed ranks", () => {
  test("Darwin's maize: W = 24, p = .041260, rank-biserial .60", () => {
    const found = signedRanks(MAIZE, SETTINGS);

    expect([found.w, found.positive, found.rankBiserial]).toEqual([24, 96, 0.6]);
    expect(found.p).toBeCloseTo(0.04126, 6);
    expect(found.upper).toBeCloseTo(0.02063, 6);
  });

  test("ties share a rank, and zeros take part in the ranking before they are left out", () => {
    // |d| = 0 0 1 1 2: ranks 1.5 1.5 3.5 3.5 5.
    const found = signedRanks([0, 1, -1, 2, 0], SETTINGS);

    expect([found.positive, found.negative]).toEqual([8.5, 3.5]);
    // Of the 8 patterns, 3.5 3.5 5 make 12, 8.5 twice, 7, 5, 3.5 twice, 0: six lie at least so far from 6.
    expect(found.p).toBeCloseTo(6 / 8, 12);
  });

  test("no difference at all is nothing to test", () => {
    expect(signedRanks([0, 0], SETTINGS)).toMatchObject({ p: null, rankBiserial: null });
  });
});

test("Holm adjusts p in the order given, and what was not tested counts for nothing", () => {
  const rounded = (ps: (number | null)[]) => holm(ps).map((p) => p && Number(p.toFixed(10)));

  expect(rounded([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
  expect(rounded([0.6, null, 0.7])).toEqual([1, null, 1]);
});

describe("two generators on the same pairs", () => {
  // The transitions of 120 pairs: row = Level with the first, column = with the second.
  const TABLE = [
    [0, 0, 0, 0, 0],
    [1, 0, 0, 0, 0],
    [0, 1, 1, 1, 0],
    [3, 4, 4, 5, 2],
    [6, 9, 16, 27, 40],
  ];
  const pairs = TABLE.flatMap((row, from) =>
    row.flatMap((count, to) =>
      Array.from({ length: count }, () => ({
        first: (from + 1) as Level,
        second: (to + 1) as Level,
      })),
    ),
  );
  const found = compareLevels(pairs);

  test("the table of Levels is theirs, and its margins are the distributions", () => {
    expect(found.table).toEqual(TABLE);
    expect(levelCounts(pairs.map(({ second }) => second))).toEqual([10, 14, 21, 33, 42]);
    expect(levelTable([])).toEqual(Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]));
  });

  test("who leaves Level 5 and who comes to it are tested against each other", () => {
    expect(found.five).toEqual({ first: 98, second: 42 });
    expect(found.mcnemar).toMatchObject({ onlyFirst: 58, onlySecond: 2 });
    expect(found.mcnemar.exact).toBeLessThan(1e-14);
    expect(found.fiveDifference.value).toBeCloseTo(-56 / 120, 12);
    const { low, high } = found.fiveDifference.interval!;
    // A difference of paired shares has the error sqrt(b + c - (b - c)^2 / n) / n, normally.
    const error = Math.sqrt(60 - 56 ** 2 / 120) / 120;
    expect(low).toBeCloseTo(-56 / 120 - 1.96 * error, 1);
    expect(high).toBeCloseTo(-56 / 120 + 1.96 * error, 1);
  });

  test("a lower Level is better", () => {
    expect([found.better, found.same, found.worse]).toEqual([71, 46, 3]);
    expect(found.signedRanks.rankBiserial).toBeGreaterThan(0.9);
    expect(found.levelsGained.value).toBeGreaterThan(1);
  });

  test("the order of the pairs changes no test and no estimate", () => {
    const turned = compareLevels(pairs.toReversed());

    expect(turned.signedRanks).toEqual(found.signedRanks);
    expect(turned.mcnemar).toEqual(found.mcnemar);
    expect(turned.levelsGained.value).toBe(found.levelsGained.value);
  });

  test("a single pair has no interval, and none at all has no figure", () => {
    expect(compareLevels([{ first: 5, second: 1 }]).fiveDifference.interval).toBeNull();
    expect(compareLevels([]).fiveDifference.value).toBe("no overlap");
  });
});
