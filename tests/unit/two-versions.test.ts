import { expect, test } from "vitest";
import { stepGrid } from "@/server/rating/domain/grid-state";
import { differences, pickVersion } from "@/server/rating/domain/two-versions";
import { act, blankCells, loadedGrid, press } from "@/tests/support/grid-steps";

const untouched = loadedGrid({ mode: "full", asksDetail: false });
const here = act(untouched, press(0), press(3));
const there = blankCells.map(({ imageId }, index) => ({
  imageId,
  verdict: index === 3 ? ("incorrect" as const) : index === 7 ? ("correct" as const) : null,
  detail: null,
}));
const disputed = differences(here, there);

test("in dispute is each image that the two windows left differently, and no other", () => {
  expect(disputed).toEqual([
    {
      index: 0,
      mine: { verdict: "incorrect", detail: {} },
      theirs: { verdict: null, detail: {} },
    },
    { index: 7, mine: { verdict: null, detail: {} }, theirs: { verdict: "correct", detail: {} } },
  ]);
});

test("the same verdict with another detail is in dispute too", () => {
  const seen = there.map((cell) => ({ ...cell, verdict: null, detail: { aSeen: true } }));

  expect(differences(untouched, seen)).toHaveLength(20);
});

test("this window's version is told to the server once more, and nothing changes here", () => {
  const { state, changes } = pickVersion(here, disputed, "mine");

  expect(changes).toEqual([
    { imageId: "image-0", verdict: "incorrect", detail: {}, method: "undo" },
    { imageId: "image-7", verdict: null, detail: {}, method: "undo" },
  ]);
  expect(state.cells).toEqual(here.cells);
  expect(state.done).toEqual(here.done);
});

test("the other's version is taken over as one step that can be undone", () => {
  const { state, changes } = pickVersion(here, disputed, "theirs");

  expect(changes.map(({ imageId, verdict }) => [imageId, verdict])).toEqual([
    ["image-0", null],
    ["image-7", "correct"],
  ]);
  expect(differences(state, there)).toEqual([]);
  expect(stepGrid(state, { type: "undo" }).state.cells).toEqual(here.cells);
});
