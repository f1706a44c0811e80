import { expect, test } from "vitest";
import { MOST_SPARES } from "@/server/generation/domain/retry-plan";
import { seedsOf } from "@/server/generation/domain/seeds";
import {
  hasOwnSeeds,
  spareForFiltered,
  withSpareSeeds,
} from "@/server/generation/domain/spare-seeds";

const setOf = (count: number) => ({
  projectId: "tea",
  number: 3,
  seeds: seedsOf("tea", 3, count),
});
const ALL_ROWS = new Set([0, 1, 2, 3]);

test.each([4, 20])("no seed of a set of %i is drawn twice, whatever a filter takes", (count) => {
  const set = setOf(count);
  const spare = Array.from({ length: MOST_SPARES }, (_, before) =>
    set.seeds.map((_seed, row) => spareForFiltered(set, row, before)),
  ).flat();

  expect(new Set([...set.seeds, ...spare]).size).toBe(count * (1 + MOST_SPARES));
});

test("a seed that stands in for a filtered image never stands in for a broken one", () => {
  const set = setOf(4);
  const forBroken = withSpareSeeds(set, ALL_ROWS);
  expect(forBroken).not.toContain(spareForFiltered(set, 0, 0));
});

test("a set that draws broken images again has not its own seeds, one row of it or all", () => {
  const set = setOf(4);
  expect(hasOwnSeeds(set)).toBe(true);
  for (const rows of [new Set([2]), ALL_ROWS]) {
    const again = { ...set, number: 4, seeds: withSpareSeeds(set, rows) };
    expect(hasOwnSeeds(again)).toBe(false);
  }
});
