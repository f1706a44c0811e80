import { expect, test } from "vitest";
import type { Judgement, Step } from "@/server/rating/domain/grid-state";
import { recallSteps } from "@/server/rating/domain/recall-steps";

const open: Judgement = { verdict: null, detail: {} };
const correct: Judgement = { verdict: "correct", detail: {} };
const incorrect: Judgement = { verdict: "incorrect", detail: {} };
const one = (index: number, before: Judgement, after: Judgement): Step => [
  { index, before, after },
];

test("steps that lead to what stands in the grid are recalled as they were, one key's images together", () => {
  const rest: Step = [...one(1, open, incorrect), ...one(2, open, incorrect)];
  const kept = [one(0, open, incorrect), one(0, incorrect, correct), rest];

  expect(recallSteps([correct, incorrect, incorrect], kept)).toEqual(kept);
});

test("a verdict that no kept step explains lies below them, in the order shown", () => {
  const kept = [one(1, open, correct)];

  expect(recallSteps([incorrect, correct, incorrect], kept)).toEqual([
    one(0, open, incorrect),
    one(2, open, incorrect),
    ...kept,
  ]);
});

test("a kept step that leads elsewhere is forgotten: another window judged since", () => {
  const kept = [one(0, open, incorrect), one(1, open, incorrect)];

  expect(recallSteps([correct, open], kept)).toEqual([one(0, open, correct)]);
});

test("the same verdict for another reason is another one", () => {
  const seen = { ...incorrect, detail: { aSeen: true } };

  expect(recallSteps([seen], [one(0, open, incorrect)])).toEqual([one(0, open, seen)]);
});
