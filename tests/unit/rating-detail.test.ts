import { expect, test } from "vitest";
import { asksWhatStood } from "@/server/rating/domain/grid-progress";
import { type GridAction, stepGrid } from "@/server/rating/domain/grid-state";
import type { VerdictDetail } from "@/server/rating/schemas";
import { act, blankCells, loadedGrid } from "@/tests/support/grid-steps";

const lay = (mode: "full" | "screen" = "full", asksDetail = true) =>
  loadedGrid({ mode, asksDetail });
const say = (detail: keyof VerdictDetail): GridAction => ({ type: "say", detail });
const mark = (verdict: "correct" | "incorrect"): GridAction => ({ type: "mark", verdict });
const ALL = [say("aSeen"), say("bSeen"), say("relation")];

test("both concepts seen and rightly placed make an image correct, anything less incorrect", () => {
  expect(act(lay(), say("aSeen")).cells[0]).toMatchObject({
    verdict: "incorrect",
    detail: { aSeen: true, bSeen: false, relation: false, latentSeen: false },
  });
  expect(act(lay(), ...ALL).cells[0]?.verdict).toBe("correct");
  expect(act(lay(), ...ALL, say("bSeen")).cells[0]?.verdict).toBe("incorrect");
});

test("what intrudes does not decide: an image may be right with something else in it", () => {
  expect(act(lay(), ...ALL, say("latentSeen")).cells[0]?.verdict).toBe("correct");
  expect(act(lay(), say("latentSeen")).cells[0]?.verdict).toBe("incorrect");
});

test("correct says that all three are there, and shows it", () => {
  expect(act(lay(), mark("correct")).cells[0]?.detail).toEqual({
    aSeen: true,
    bSeen: true,
    relation: true,
    latentSeen: false,
  });
});

test("incorrect does not say what is missing, and keeps what was said", () => {
  expect(act(lay(), mark("incorrect")).cells[0]?.detail).toEqual({});
  expect(act(lay(), mark("correct"), mark("incorrect")).cells[0]?.detail).toEqual({});
  expect(act(lay(), say("aSeen"), mark("incorrect")).cells[0]?.detail).toMatchObject({
    aSeen: true,
  });
});

test("verdict and detail are one step: undo takes both back, and the event carries both", () => {
  const { state, changes } = stepGrid(lay(), say("latentSeen"));

  expect(changes).toMatchObject([{ verdict: "incorrect", detail: { latentSeen: true } }]);
  expect(act(state, { type: "undo" }).cells[0]).toMatchObject({ verdict: null, detail: {} });
});

test("without the project's wish nothing is said and verdicts leave the detail alone", () => {
  const plain = lay("full", false);

  expect(stepGrid(plain, say("aSeen")).changes).toEqual([]);
  expect(act(plain, mark("correct")).cells[0]?.detail).toEqual({});
});

test("while screening, saying what is seen keeps the image in sight; only a verdict leads on", () => {
  const said = act(lay("screen"), say("aSeen"));

  expect([said.focus, said.cells[0]?.verdict]).toEqual([0, "incorrect"]);
  expect(act(said, mark("incorrect")).focus).toBe(1);
});

test("what stood in its place is asked of a finished grid with an incorrect image only", () => {
  const whole = (verdict: "correct" | "incorrect") =>
    act(
      lay(),
      ...blankCells.flatMap((_, index): GridAction[] => [{ type: "focus", index }, mark(verdict)]),
    );

  expect(asksWhatStood(whole("correct"))).toBe(false);
  expect(asksWhatStood(whole("incorrect"))).toBe(true);
  expect(asksWhatStood(act(lay(), mark("incorrect")))).toBe(false);
  expect(asksWhatStood({ ...whole("incorrect"), asksDetail: false })).toBe(false);
});
