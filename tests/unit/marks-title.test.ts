import { expect, test } from "vitest";
import { marksTitle } from "@/app/(lab)/p/[project]/rating/marks/marks-title";
import type { MarkedGrid } from "@/server/rating/list-marks";

const grid: MarkedGrid = {
  sittingId: "s",
  pairId: "p",
  conceptA: "iced coke",
  conceptB: "tea cup",
  rater: "Ann",
  marks: ["fast"],
  msPerImage: 300,
  changes: 0,
};
const rater = { raterId: "r", rater: "Ann" };

test.each([
  ["No grid judged yet", { looked: 0, grids: [], uniform: [] }],
  ["Nothing stands out in 40 grids", { looked: 40, grids: [], uniform: [] }],
  ["1 rater stands out in the last 40 grids", { looked: 40, grids: [], uniform: [rater] }],
  ["1 grid stands out in the only grid", { looked: 1, grids: [grid], uniform: [] }],
  [
    "2 grids and 1 rater stand out in the last 40 grids",
    { looked: 40, grids: [grid, grid], uniform: [rater] },
  ],
])("the Marks page is headed: %s", (title, marks) => {
  expect(marksTitle({ restlessAbove: null, ...marks })).toBe(title);
});
