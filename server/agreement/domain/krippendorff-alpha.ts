import type { Coefficient } from "./coefficient";
import { overlapping, ratingsOf, type UnitCounts } from "./unit-counts";

export type Metric = "nominal" | "ordinal" | "interval" | "ratio";

/** Ordered pairs of values met within units, each unit's weighted by 1 / (m - 1): o_ck, square, symmetric. */
export type Coincidences = readonly (readonly number[])[];

/**
 * alpha = 1 - D_o / D_e over the coincidences of values within units. Units with one rating are dropped, missing
 * ratings need nothing. Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability (Annenberg School,
 * University of Pennsylvania). `values` are the categories in their order; interval and ratio reckon with them.
 */
export function krippendorffAlpha(
  units: readonly UnitCounts[],
  values: readonly number[],
  metric: Metric,
): Coefficient {
  return alphaFrom(coincidencesOf(units, values.length), values, metric);
}

/** Coincidence matrices add up: those of the units of two pairs are the matrix of both. */
export function coincidencesOf(units: readonly UnitCounts[], categories: number): number[][] {
  const places = Array.from({ length: categories }, (_, place) => place);
  const rated = overlapping(units);
  return places.map((one) =>
    places.map((other) =>
      rated.reduce((sum, unit) => sum + pairsOf(unit, one, other) / (ratingsOf(unit) - 1), 0),
    ),
  );
}

const pairsOf = (unit: UnitCounts, one: number, other: number) =>
  (unit[one] ?? 0) * (one === other ? (unit[one] ?? 0) - 1 : (unit[other] ?? 0));

export function alphaFrom(
  coincidences: Coincidences,
  values: readonly number[],
  metric: Metric,
): Coefficient {
  const { totals, ratings, observed, expected } = disagreements(coincidences, values, metric);
  if (ratings === 0) return "no overlap";
  if (totals.filter((total) => total > 0).length < 2) return "no variation";
  return 1 - observed / expected;
}

/** D_o and D_e, with n_c and n on the way. */
export function disagreements(
  coincidences: Coincidences,
  values: readonly number[],
  metric: Metric,
) {
  const totals = coincidences.map((row) => row.reduce((sum, pairs) => sum + pairs, 0));
  const ratings = totals.reduce((sum, total) => sum + total, 0);
  let observed = 0;
  let expected = 0;
  for (const [one, row] of coincidences.entries()) {
    for (const [other, pairs] of row.entries()) {
      const distance = distanceOf(metric, values, totals, one, other);
      observed += pairs * distance;
      expected += (totals[one] ?? 0) * (totals[other] ?? 0) * distance;
    }
  }
  return {
    totals,
    ratings,
    observed: observed / ratings,
    expected: expected / (ratings * (ratings - 1)),
  };
}

function distanceOf(
  metric: Metric,
  values: readonly number[],
  totals: readonly number[],
  one: number,
  other: number,
): number {
  if (one === other) return 0;
  const [x, y] = [values[one] ?? 0, values[other] ?? 0];
  switch (metric) {
    case "nominal":
      return 1;
    case "ordinal": {
      const between = totals.slice(Math.min(one, other), Math.max(one, other) + 1);
      const ends = ((totals[one] ?? 0) + (totals[other] ?? 0)) / 2;
      return (between.reduce((sum, total) => sum + total, 0) - ends) ** 2;
    }
    case "interval":
      return (x - y) ** 2;
    case "ratio":
      return x + y === 0 ? 0 : ((x - y) / (x + y)) ** 2;
  }
}
