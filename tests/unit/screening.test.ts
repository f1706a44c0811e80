import { expect, test } from "vitest";
import type { Verdict } from "@/db/enums";
import { gradeOf } from "@/server/rating/domain/grade";
import { openOf, shownCount } from "@/server/rating/domain/grid-progress";
import { type GridAction, type GridState, stepGrid } from "@/server/rating/domain/grid-state";
import { openPositions } from "@/server/rating/domain/open-positions";
import { screenInterval } from "@/server/rating/domain/screen-interval";
import { asShown, screenOrder } from "@/server/rating/domain/screen-order";
import { act, blankCells, loadedGrid } from "@/tests/support/grid-steps";

const SCREEN = { mode: "screen", asksDetail: false } as const;

const lay = (cells = blankCells) => loadedGrid(SCREEN, cells);
const incorrect: GridAction = { type: "mark", verdict: "incorrect" };
const correct: GridAction = { type: "mark", verdict: "correct" };
const verdictsOf = (state: GridState) => state.cells.map(({ verdict }) => verdict);
const shown = (...verdicts: (Verdict | null)[]) =>
  Array.from({ length: 20 }, (_, index) => ({ verdict: verdicts[index] ?? null }));
const times = (count: number, verdict: Verdict) => Array<Verdict>(count).fill(verdict);

test("the order is a permutation, the same for one seed for ever and another for the next", () => {
  expect(screenOrder(7, 20)).toEqual([
    9, 19, 7, 4, 5, 10, 12, 16, 18, 2, 15, 13, 3, 14, 6, 8, 11, 17, 1, 0,
  ]);
  expect(screenOrder(8, 20)).not.toEqual(screenOrder(7, 20));
  expect(screenOrder(8, 20).toSorted((a, b) => a - b)).toEqual([...Array(20).keys()]);
});

test("each image comes first equally often over many seeds", () => {
  const firsts = Array<number>(20).fill(0);
  for (let seed = 0; seed < 20_000; seed += 1) firsts[screenOrder(seed * 7919, 20)[0]!]! += 1;

  // Chi-square with 19 degrees of freedom: 43.8 is passed once in a thousand.
  const chi = firsts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(chi).toBeLessThan(43.8);
});

test("a full grid is shown by position, a screened one as its seed says", () => {
  const cells = [3, 1, 2].map((position) => ({ position }));

  expect(asShown(cells, { mode: "full", layout: "columns", orderSeed: 7 })).toEqual(
    [1, 2, 3].map((position) => ({ position })),
  );
  expect(asShown(cells, { mode: "screen", layout: "random", orderSeed: 7 })).toEqual(
    screenOrder(7, 3).map((index) => ({ position: index + 1 })),
  );
});

test("a full grid laid at random is shown as its sitting's seed says", () => {
  const cells = [2, 3, 1].map((position) => ({ position }));

  expect(asShown(cells, { mode: "full", layout: "random", orderSeed: 7 })).toEqual(
    screenOrder(7, 3).map((index) => ({ position: index + 1 })),
  );
});

test("an incorrect image leads on to the next, a correct one ends it and stays in sight", () => {
  const state = act(lay(), incorrect, incorrect, correct);

  expect(state.focus).toBe(2);
  expect(verdictsOf(state).slice(0, 4)).toEqual(["incorrect", "incorrect", "correct", null]);
  expect(openOf(state)).toEqual([]);
  expect(shownCount(state)).toBe(3);
});

test("a correct mark by a slip is undone and screening goes on", () => {
  const state = act(lay(), incorrect, correct, { type: "undo" });

  expect(openOf(state)).toHaveLength(19);
  expect(state.focus).toBe(1);
  expect(act(state, incorrect).focus).toBe(2);
});

test("an image that was not shown yet takes neither verdict nor cursor", () => {
  const state = act(lay(), incorrect);
  const ahead = stepGrid(state, { type: "press", index: 4, firstPress: "incorrect" });

  expect(ahead.changes).toEqual([]);
  expect(ahead.state.notice.text).toBe("Image 5 was not shown yet.");
  expect(act(state, { type: "focus", index: 4 }).focus).toBe(1);
  expect(act(state, { type: "move", direction: "right", columns: 5 }).focus).toBe(1);
  expect(act(state, { type: "flagBroken", index: 4 }).cells[4]?.verdict).toBeNull();
});

test("after the correct one no further image is shown, until it is taken back", () => {
  const ended = act(lay(), correct);

  expect(
    act(ended, { type: "press", index: 1, firstPress: "incorrect" }).cells[1]?.verdict,
  ).toBeNull();
  expect(act(ended, incorrect).focus).toBe(1);
});

test("the key of an image judges it twice over: incorrect and on, then correct and back", () => {
  const key: GridAction = { type: "press", index: 0, firstPress: "incorrect" };

  expect(act(lay(), key)).toMatchObject({ focus: 1 });
  const again = act(lay(), key, key);
  expect([again.focus, again.cells[0]?.verdict, openOf(again)]).toEqual([0, "correct", []]);
});

test("a broken image does not end it: the next one is shown", () => {
  const state = act(lay(), { type: "flagBroken", index: 0 });

  expect(state.focus).toBe(1);
  expect(openOf(state)).toHaveLength(19);
});

test("an earlier image judged anew keeps the cursor where the rater looks", () => {
  const state = act(lay(), incorrect, incorrect, incorrect, { type: "focus", index: 0 }, correct);

  expect([state.focus, openOf(state)]).toEqual([0, []]);
  expect(act(state, incorrect).focus).toBe(0);
  expect(act(state, incorrect, { type: "goToOpen" }).focus).toBe(3);
});

test("a sitting taken up again stands where it was", () => {
  const begun = lay(
    blankCells.map((cell, index) => ({ ...cell, verdict: index < 3 ? "incorrect" : null })),
  );
  const ended = lay(
    blankCells.map((cell, index) => ({ ...cell, verdict: index === 0 ? "correct" : null })),
  );

  expect([begun.focus, ended.focus]).toEqual([3, 0]);
});

test("what is open before submission ends at the first correct image", () => {
  expect(openPositions(shown("incorrect", null, "correct"), "screen")).toEqual([2]);
  expect(openPositions(shown("incorrect", "broken", "correct"), "screen")).toEqual([]);
  expect(openPositions(shown("incorrect", "broken", "correct"), "full")).toHaveLength(17);
  expect(openPositions(shown(...times(19, "incorrect")), "screen")).toEqual([20]);
});

test("stopped at a correct image the Level is open, with none correct it is 5, with a broken one there is none", () => {
  expect(gradeOf(shown("incorrect", "correct"), "screen")).toMatchObject({
    correct: 1,
    rated: 2,
    level: null,
  });
  expect(gradeOf(shown(...times(20, "incorrect")), "screen")).toMatchObject({
    level: 5,
    rated: 20,
  });
  expect(gradeOf(shown(...times(19, "incorrect"), "broken"), "screen")).toBeNull();
  expect(gradeOf(shown("broken", "correct"), "screen")).toMatchObject({ level: null, rated: 1 });
});

test("verdicts behind the first correct image do not narrow the interval", () => {
  const straight = gradeOf(shown("incorrect", "correct"), "screen");
  const onSecondThought = gradeOf(
    shown("incorrect", "correct", ...times(9, "incorrect")),
    "screen",
  );

  expect(onSecondThought).toMatchObject({ rated: 11, low: straight!.low, high: straight!.high });
});

test.each([
  [1, 0.025, 1],
  [2, 0.0125791, 0.975],
  [5, 0.0050508, 0.6023646],
  [20, 0.0012651, 0.1764669],
])("the first correct image at %i gives %f to %f", (at, low, high) => {
  const interval = screenInterval({ shown: at, found: true });

  expect(interval.low).toBeCloseTo(low, 6);
  expect(interval.high).toBeCloseTo(high, 6);
});

test("none of 20 gives Clopper and Pearson's limits", () => {
  const { low, high } = screenInterval({ shown: 20, found: false });

  expect(low).toBe(0);
  expect(high).toBeCloseTo(0.1684335, 6);
});

test("the interval holds the true share in at least 95 % of sittings, whatever the share", () => {
  for (let share = 0.005; share < 1; share += 0.005) {
    let covered = 0;
    const isIn = ({ low, high }: { low: number; high: number }) => low <= share && share <= high;
    for (let at = 1; at <= 20; at += 1) {
      if (isIn(screenInterval({ shown: at, found: true })))
        covered += share * (1 - share) ** (at - 1);
    }
    if (isIn(screenInterval({ shown: 20, found: false }))) covered += (1 - share) ** 20;
    expect(covered).toBeGreaterThanOrEqual(0.95);
  }
});
