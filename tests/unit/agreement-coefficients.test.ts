import { describe, expect, test } from "vitest";
import { clipped, cohenKappa } from "@/server/agreement/domain/cohen-kappa";
import { fleissKappa } from "@/server/agreement/domain/fleiss-kappa";
import { gwetAc1 } from "@/server/agreement/domain/gwet-ac1";
import {
  coincidencesOf,
  disagreements,
  krippendorffAlpha,
  type Metric,
} from "@/server/agreement/domain/krippendorff-alpha";
import { rawAgreement } from "@/server/agreement/domain/raw-agreement";
import { countUnits } from "@/server/agreement/domain/unit-counts";
import { weightedKappa } from "@/server/agreement/domain/weighted-kappa";
import {
  FLEISS_1971,
  FLEISS_ENCYCLOPEDIA,
  GRID,
  KRIPPENDORFF_2011,
  KRIPPENDORFF_BINARY,
  KRIPPENDORFF_ENCYCLOPEDIA,
  LEVELS,
  TWO_RATERS_OF_A_GRID,
} from "@/tests/fixtures/agreement";

const alphaOf = (rows: (number | null)[][], values: readonly number[], metric: Metric) =>
  krippendorffAlpha(countUnits(rows, values), values, metric);

describe("Krippendorff's alpha", () => {
  // Krippendorff 2011 publishes three digits; the others were reckoned from the definition, twice.
  test.each([
    ["nominal", 0.743421],
    ["ordinal", 0.815388],
    ["interval", 0.849107],
    ["ratio", 0.797403],
  ] as const)("of the 4 observers and 12 units of 2011, %s, is %f", (metric, alpha) => {
    expect(alphaOf(KRIPPENDORFF_2011, [1, 2, 3, 4, 5], metric)).toBeCloseTo(alpha, 6);
  });

  test("has the published totals and disagreements on the way there", () => {
    const values = [1, 2, 3, 4, 5];
    const coincidences = coincidencesOf(countUnits(KRIPPENDORFF_2011, values), 5);

    const found = disagreements(coincidences, values, "nominal");

    expect(found.totals.map((total) => Math.round(total * 1e9) / 1e9)).toEqual([9, 13, 10, 5, 3]);
    expect(found.ratings).toBeCloseTo(40, 9);
    expect(found.observed).toBeCloseTo(0.2, 9);
    expect(found.expected).toBeCloseTo(0.779487, 6);
  });

  test("of two observers and ten yes-or-no units is 0.095238", () => {
    expect(alphaOf(KRIPPENDORFF_BINARY, [0, 1], "nominal")).toBeCloseTo(0.095238, 6);
  });

  test.each([
    ["nominal", 0.691358],
    ["ordinal", 0.806721],
    ["interval", 0.810845],
  ] as const)("of 3 coders with many gaps, %s, is %f", (metric, alpha) => {
    expect(alphaOf(KRIPPENDORFF_ENCYCLOPEDIA, [1, 2, 3, 4], metric)).toBeCloseTo(alpha, 6);
  });

  test("of a grid's verdicts by three raters is 0.575758", () => {
    expect(alphaOf(GRID, [0, 1], "nominal")).toBeCloseTo(0.575758, 6);
  });

  test.each([
    ["nominal", 0.368421],
    ["ordinal", 0.866038],
    ["interval", 0.884817],
  ] as const)("of the Levels of three experts, %s, is %f", (metric, alpha) => {
    expect(alphaOf(LEVELS, [1, 2, 3, 4, 5], metric)).toBeCloseTo(alpha, 6);
  });

  test("of two raters of 20 images is 0.580645", () => {
    expect(alphaOf(TWO_RATERS_OF_A_GRID, [0, 1], "nominal")).toBeCloseTo(0.580645, 6);
  });
});

describe("Gwet's AC1", () => {
  test.each([
    ["Fleiss's ten subjects", FLEISS_ENCYCLOPEDIA, 0.225614],
    ["a grid's verdicts by three raters", countUnits(GRID, [0, 1]), 0.626556],
    ["two raters of 20 images", countUnits(TWO_RATERS_OF_A_GRID, [0, 1]), 0.769674],
  ])("of %s", (_, units, ac1) => {
    expect(gwetAc1(units)).toBeCloseTo(ac1, 6);
  });

  test("stays high where alpha collapses because nearly all verdicts are the same", () => {
    const units = [...Array.from({ length: 98 }, () => [0, 3]), [1, 2], [1, 2]];

    expect(gwetAc1(units)).toBeGreaterThan(0.95);
    expect(krippendorffAlpha(units, [0, 1], "nominal")).toBeLessThan(0.05);
  });
});

describe("Fleiss' kappa", () => {
  test.each([
    ["ten subjects by 14 raters", FLEISS_ENCYCLOPEDIA, 0.378022, 0.212755, 0.209931],
    ["30 patients by 6 raters, 1971", FLEISS_1971, 0.555556, 0.219938, 0.430245],
  ])("of %s", (_, units, observed, expected, kappa) => {
    const found = fleissKappa(units);

    expect(found.observed).toBeCloseTo(observed, 6);
    expect(found.expected).toBeCloseTo(expected, 6);
    expect(found.kappa).toBeCloseTo(kappa, 6);
  });

  test("is not told where units have different numbers of ratings", () => {
    expect(
      fleissKappa([
        [2, 1],
        [2, 0],
      ]).kappa,
    ).toBe("incomplete");
  });
});

describe("Cohen's kappa", () => {
  test("has the reference's agreement, standard error and interval", () => {
    const found = cohenKappa([
      [20, 5],
      [10, 15],
    ]);

    expect(found.observed).toBeCloseTo(0.7, 9);
    expect(found.expected).toBeCloseTo(0.5, 9);
    expect(found.kappa).toBeCloseTo(0.4, 9);
    expect(found.standardError).toBeCloseTo(0.126996, 6);
    expect(found.interval?.low).toBeCloseTo(0.1511, 4);
    expect(found.interval?.high).toBeCloseTo(0.6489, 4);
  });

  test.each([
    [
      [
        [45, 15],
        [25, 15],
      ],
      0.130435,
    ],
    [
      [
        [25, 35],
        [5, 35],
      ],
      0.259259,
    ],
  ])("depends on the margins at the same agreement of .60: %j", (confusion, kappa) => {
    expect(cohenKappa(confusion).observed).toBeCloseTo(0.6, 9);
    expect(cohenKappa(confusion).kappa).toBeCloseTo(kappa, 6);
  });

  test("of two raters of 20 images has an interval that passes 1 and is cut for display", () => {
    const found = cohenKappa([
      [14, 2],
      [1, 3],
    ]);

    expect(found.kappa).toBeCloseTo(0.571429, 6);
    expect(found.standardError).toBeCloseTo(0.219043, 6);
    expect(found.interval?.low).toBeCloseTo(0.1421, 4);
    expect(found.interval?.high).toBeCloseTo(1.0007, 4);
    expect(clipped(found.interval!)).toEqual({ low: found.interval!.low, high: 1 });
  });

  test("weighted, of the Levels of two experts, is .854545 linear and .947020 quadratic", () => {
    const [one, two] = LEVELS as [number[], number[]];
    const confusion = [1, 2, 3, 4, 5].map((row) =>
      [1, 2, 3, 4, 5].map(
        (column) => one.filter((level, unit) => level === row && two[unit] === column).length,
      ),
    );

    expect(weightedKappa(confusion, "linear")).toBeCloseTo(0.854545, 6);
    expect(weightedKappa(confusion, "quadratic")).toBeCloseTo(0.94702, 6);
  });
});

describe("where every rating is the same", () => {
  const units = [
    [0, 3],
    [0, 3],
    [0, 2],
  ];

  test("no coefficient is told as 1: there is no variation", () => {
    expect(krippendorffAlpha(units, [0, 1], "nominal")).toBe("no variation");
    expect(krippendorffAlpha(units, [0, 1], "ordinal")).toBe("no variation");
    expect(gwetAc1(units)).toBe("no variation");
    expect(fleissKappa(units.slice(0, 2)).kappa).toBe("no variation");
    expect(
      cohenKappa([
        [0, 0],
        [0, 8],
      ]).kappa,
    ).toBe("no variation");
    expect(
      weightedKappa(
        [
          [0, 0],
          [0, 8],
        ],
        "linear",
      ),
    ).toBe("no variation");
  });

  test("the raw share is still told", () => {
    expect(rawAgreement(units)).toBe(1);
  });
});

test("nothing rated twice is no overlap, whatever the figure", () => {
  const units = [
    [1, 0],
    [0, 1],
    [0, 0],
  ];

  expect(krippendorffAlpha(units, [0, 1], "nominal")).toBe("no overlap");
  expect(gwetAc1(units)).toBe("no overlap");
  expect(fleissKappa(units).kappa).toBe("no overlap");
  expect(rawAgreement(units)).toBe("no overlap");
  expect(
    cohenKappa([
      [0, 0],
      [0, 0],
    ]).kappa,
  ).toBe("no overlap");
  expect(
    weightedKappa(
      [
        [0, 0],
        [0, 0],
      ],
      "quadratic",
    ),
  ).toBe("no overlap");
});
