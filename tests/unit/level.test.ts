import { expect, test } from "vitest";
import { levelOf, wilsonInterval } from "@/server/rating/domain/level";

test("each count of correct images has the Level of the paper", () => {
  const levels = Array.from({ length: 21 }, (_, correct) => levelOf(correct));

  expect(levels).toEqual([5, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1]);
});

test("a count outside the grid is refused", () => {
  expect(() => levelOf(21)).toThrow(RangeError);
  expect(() => levelOf(-1)).toThrow(RangeError);
  expect(() => levelOf(2.5)).toThrow(RangeError);
});

// Newcombe 1998 for the first three; the rest by hand for a grid of 20.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [1, 29, 0.0061, 0.1718],
  [0, 20, 0, 0.1611],
  [20, 20, 0.8389, 1],
])("the Wilson interval of %i of %i matches the reference", (count, total, low, high) => {
  const interval = wilsonInterval(count, total);

  expect(interval.low).toBeCloseTo(low, 3);
  expect(interval.high).toBeCloseTo(high, 3);
});
