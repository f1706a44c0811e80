import { expect, test } from "vitest";
import { openOf } from "@/server/rating/domain/grid-progress";
import { type GridAction, startGrid, stepGrid } from "@/server/rating/domain/grid-state";
import { neighboursOf } from "@/server/rating/domain/move-cursor";
import { act, blankCells, loadedGrid, press } from "@/tests/support/grid-steps";

const lay = (asksDetail = false) => loadedGrid({ mode: "full", asksDetail });
const rest: GridAction = { type: "judgeRest", verdict: "incorrect" };

test("the rest takes one verdict, each image its own event that says it was judged in bulk", () => {
  const { state, changes } = stepGrid(act(lay(), press(0, "correct"), press(7, "correct")), rest);

  expect(changes).toHaveLength(18);
  expect(new Set(changes.map(({ method }) => method))).toEqual(new Set(["bulk"]));
  expect(changes.map(({ imageId }) => imageId)).not.toContain("image-7");
  expect([state.cells[0]?.verdict, state.cells[1]?.verdict]).toEqual(["correct", "incorrect"]);
  expect(openOf(state)).toEqual([]);
});

test("one undo takes the whole bulk back and leaves what was judged before it", () => {
  const judged = act(lay(), press(0, "correct"), rest);
  const { state, changes } = stepGrid(judged, { type: "undo" });

  expect(openOf(state)).toHaveLength(19);
  expect(state.cells[0]?.verdict).toBe("correct");
  expect(changes).toHaveLength(19);
  expect(new Set(changes.map(({ method }) => method))).toEqual(new Set(["undo"]));
  expect(act(state, { type: "redo" }).cells).toEqual(judged.cells);
});

test("an image that is not in sight stays open, whatever is said of the rest", () => {
  const { state, changes } = stepGrid(
    act(
      lay(),
      { type: "load", index: 3, load: "failed" },
      { type: "load", index: 4, load: "loading" },
    ),
    rest,
  );

  expect(changes).toHaveLength(18);
  expect(openOf(state)).toEqual([4, 5]);
});

test("nothing is left to say of a finished grid, and screening knows no rest", () => {
  const done = act(lay(), rest);
  const screened = startGrid(blankCells, { mode: "screen", asksDetail: false });

  expect(stepGrid(done, rest).changes).toEqual([]);
  expect(stepGrid(act(screened, { type: "load", index: 0, load: "ready" }), rest).changes).toEqual(
    [],
  );
});

test("where detail is asked, all correct says that all three are there", () => {
  const { changes } = stepGrid(lay(true), { type: "judgeRest", verdict: "correct" });

  expect(changes[19]?.detail).toEqual({
    aSeen: true,
    bSeen: true,
    relation: true,
    latentSeen: false,
  });
});

test("what stands beside an image ends with its row, and while screening with what was shown", () => {
  const full = (columns: number) => ({ mode: "full" as const, shown: 20, columns });
  expect(neighboursOf(5, full(5))).toEqual({ left: null, right: 6 });
  expect(neighboursOf(9, full(5))).toEqual({ left: 8, right: null });
  expect(neighboursOf(5, full(3))).toEqual({ left: 4, right: null });
  expect(neighboursOf(5, { mode: "screen", shown: 6, columns: 5 })).toEqual({
    left: 4,
    right: null,
  });
});
