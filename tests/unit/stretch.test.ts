import { expect, test } from "vitest";
import { isLong, type Stretch, withGrid } from "@/server/rating/domain/stretch";

const MINUTE = 60_000;

/** After so many grids, one each `every` minutes. */
function rated(grids: number, every: number, from: Stretch | null = null): Stretch {
  let stretch = from;
  const start = from ? from.lastAt + every * MINUTE : 0;
  for (let nth = 0; nth < grids; nth += 1) {
    stretch = withGrid(stretch, start + nth * every * MINUTE);
  }
  return stretch!;
}

test("a stretch is long after 25 minutes, or after 60 grids in less", () => {
  expect(isLong(rated(25, 1))).toBe(false);
  expect(isLong(rated(26, 1))).toBe(true);
  expect(isLong(rated(60, 0.2))).toBe(false);
  expect(isLong(rated(61, 0.2))).toBe(true);
});

test("a pause of five minutes begins a new one", () => {
  const tired = rated(30, 1);

  expect(isLong(withGrid(tired, tired.lastAt + 4.9 * MINUTE))).toBe(true);
  expect(withGrid(tired, tired.lastAt + 5 * MINUTE)).toMatchObject({ grids: 1 });
  expect(isLong(rated(20, 1, withGrid(tired, tired.lastAt + 6 * MINUTE)))).toBe(false);
});
