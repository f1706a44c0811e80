import { expect, test } from "vitest";
import { openOf } from "@/server/rating/domain/grid-progress";
import {
  type GridAction,
  type GridState,
  startGrid,
  stepGrid,
} from "@/server/rating/domain/grid-state";
import type { Direction } from "@/server/rating/domain/move-cursor";
import { act, blankCells, loadedGrid, press } from "@/tests/support/grid-steps";

const FULL = { mode: "full", asksDetail: false } as const;

const loaded = loadedGrid(FULL);
const moved = (focus: number, direction: Direction, columns: number) =>
  act(loaded, { type: "focus", index: focus }, { type: "move", direction, columns }).focus;
const verdictAt = (state: GridState, index: number) => state.cells[index]?.verdict;

test("a grid starts without any verdict", () => {
  expect(openOf(startGrid(blankCells, FULL))).toHaveLength(20);
});

test("the first press is incorrect, the second correct, the third incorrect again", () => {
  const states = [1, 2, 3].map((times) => act(loaded, ...Array(times).fill(press(6))));

  expect(states.map((state) => verdictAt(state, 6))).toEqual(["incorrect", "correct", "incorrect"]);
});

test("a rater may choose that the first press is correct", () => {
  expect(verdictAt(act(loaded, press(0, "correct")), 0)).toBe("correct");
});

test("an image that has not loaded takes no verdict and says why", () => {
  const { state, changes } = stepGrid(startGrid(blankCells, FULL), press(3));

  expect(changes).toEqual([]);
  expect(verdictAt(state, 3)).toBeNull();
  expect(state.notice.text).toBe("Image 4 is still loading.");
});

test("what is seen nowhere else is shown to every eye, until the image is there or judged", () => {
  const waiting = act(startGrid(blankCells, FULL), press(3));
  expect(waiting.notice.isShown).toBe(true);
  expect(act(waiting, { type: "load", index: 2, load: "ready" }).notice.isShown).toBe(true);
  expect(act(waiting, { type: "load", index: 3, load: "ready" }).notice.isShown).toBe(false);

  const sent = act(loaded, press(0), { type: "goToOpen" });
  expect(sent.notice).toMatchObject({ text: "19 open. Gone to image 2.", isShown: true });
  expect(act(sent, press(1)).notice).toEqual({ text: "Image 2 incorrect.", isShown: false });
});

test("an image that failed to load can be flagged as broken, and only that", () => {
  const failed = act(loaded, { type: "load", index: 3, load: "failed" });

  expect(verdictAt(act(failed, press(3)), 3)).toBeNull();
  expect(verdictAt(act(failed, { type: "flagBroken", index: 3 }), 3)).toBe("broken");
});

test("flagging a broken image again takes the flag back", () => {
  const flag: GridAction = { type: "flagBroken", index: 3 };

  expect(verdictAt(act(loaded, flag, flag), 3)).toBeNull();
});

test("undo takes back one change after the other, and redo brings them again", () => {
  const three = act(loaded, press(0), press(1), press(0));

  const two = act(three, { type: "undo" });
  expect([verdictAt(two, 0), verdictAt(two, 1), two.focus]).toEqual(["incorrect", "incorrect", 0]);
  const none = act(two, { type: "undo" }, { type: "undo" }, { type: "undo" });
  expect(openOf(none)).toHaveLength(20);
  const again = act(none, { type: "redo" }, { type: "redo" }, { type: "redo" });
  expect(again.cells).toEqual(three.cells);
});

test("a new verdict forgets what could be done again", () => {
  const state = act(loaded, press(0), { type: "undo" }, press(1), { type: "redo" });

  expect([verdictAt(state, 0), verdictAt(state, 1)]).toEqual([null, "incorrect"]);
});

test("an undone verdict becomes an event that says so", () => {
  const { changes } = stepGrid(act(loaded, press(2)), { type: "undo" });

  expect(changes).toEqual([{ imageId: "image-2", verdict: null, detail: {}, method: "undo" }]);
});

test("arrows stop at the edges and Home and End stay in the row", () => {
  const go = (focus: number, direction: Direction) => moved(focus, direction, 5);

  expect([go(0, "left"), go(0, "up"), go(4, "right"), go(19, "down")]).toEqual([0, 0, 4, 19]);
  expect([go(7, "left"), go(7, "right"), go(7, "up"), go(7, "down")]).toEqual([6, 8, 2, 12]);
  expect([go(7, "rowStart"), go(7, "rowEnd")]).toEqual([5, 9]);
});

test("in rows of three the last is shorter, and in one row of twenty the arrows reach every image", () => {
  const inThree = (focus: number, direction: Direction) => moved(focus, direction, 3);
  expect([inThree(2, "right"), inThree(3, "left"), inThree(19, "right")]).toEqual([2, 3, 19]);
  expect([inThree(7, "up"), inThree(7, "down"), inThree(17, "down")]).toEqual([4, 10, 17]);
  expect([inThree(7, "rowStart"), inThree(7, "rowEnd"), inThree(18, "rowEnd")]).toEqual([6, 8, 19]);

  const inOne = (focus: number, direction: Direction) => moved(focus, direction, 20);
  expect([inOne(4, "right"), inOne(5, "left"), inOne(19, "right")]).toEqual([5, 4, 19]);
  expect([inOne(7, "up"), inOne(7, "down")]).toEqual([7, 7]);
  expect([inOne(7, "rowStart"), inOne(7, "rowEnd")]).toEqual([0, 19]);
});

test("an incomplete grid leads to its first open image and says how many are open", () => {
  const state = act(loaded, press(0), press(1), { type: "goToOpen" });

  expect(state.focus).toBe(2);
  expect(state.notice.text).toBe("18 open. Gone to image 3.");
});

test("a grid taken up again starts at its first open image", () => {
  const judged = blankCells.map((cell, index) => ({
    ...cell,
    verdict: index < 5 ? ("correct" as const) : null,
  }));

  expect(startGrid(judged, FULL).focus).toBe(5);
});
