import { expect, test } from "vitest";
import {
  isFast,
  type JudgedGrid,
  restlessAbove,
  uniformRaters,
} from "@/server/rating/domain/marks";

const judged = (raterId: string, corrects: readonly number[]): JudgedGrid[] =>
  corrects.map((correct) => ({ raterId, correct, changes: 0, activeMs: 60_000, images: 20 }));

const times = (count: number, correct: number) => Array.from({ length: count }, () => correct);

test("under 0.4 s an image is fast; a grid without a time is not", () => {
  expect(isFast({ activeMs: 7_999, images: 20 })).toBe(true);
  expect(isFast({ activeMs: 8_000, images: 20 })).toBe(false);
  expect(isFast({ activeMs: null, images: 20 })).toBe(false);
});

test("of a mended grid only the images that were judged anew are counted", () => {
  expect(isFast({ activeMs: 1_500, images: 1 })).toBe(false);
  expect(isFast({ activeMs: 399, images: 1 })).toBe(true);
  expect(isFast({ activeMs: 0, images: 0 })).toBe(false);
});

test("restless is above the 95th percentile, and unknown below ten grids", () => {
  const grids = Array.from({ length: 100 }, (_, changes) => ({ changes }));

  expect(restlessAbove(grids)).toBe(94);
  expect(restlessAbove(grids.slice(0, 9))).toBeNull();
});

test("a rater of whom every grid is all of one verdict is marked where the others' are not", () => {
  const mixed = judged("careful", [...times(10, 0), ...times(20, 7)]);

  expect(uniformRaters([...mixed, ...judged("hasty", times(20, 0))])).toEqual(["hasty"]);
});

test("where nearly all pairs are at Level 5, grids without a correct image mark nobody", () => {
  const careful = judged("careful", [...times(29, 0), 3]);

  expect(uniformRaters([...careful, ...judged("same", times(20, 0))])).toEqual([]);
});

test("few grids mark nobody", () => {
  expect(uniformRaters([...judged("one", times(30, 7)), ...judged("two", times(9, 0))])).toEqual(
    [],
  );
});
