import { expect, test } from "vitest";
import {
  correctedWords,
  JUDGE_HEAD,
  judgeCells,
  shareWords,
} from "@/app/(lab)/p/[project]/metrics/_metrics/judge-words";
import { automaticWords } from "@/app/(lab)/p/[project]/pairs/[id]/_pair/automatic-words";
import type { SheetLevel } from "@/app/(lab)/p/[project]/pairs/[id]/_pair/detail";
import { judgeFigures, type TwiceJudged } from "@/server/metrics/domain/judge-figures";

const images = (count: number, judge: TwiceJudged["judge"], people: boolean | null) =>
  Array.from({ length: count }, (): TwiceJudged => ({ judge, people }));

test("a share is told with its interval", () => {
  expect(shareWords({ count: 12, total: 20, low: 0.36054, high: 0.80881 })).toBe(
    "60.0 % [36.1, 80.9]",
  );
  expect(shareWords(null)).toBe("–");
});

test("a corrected share that does not exist says why, and is never a number", () => {
  expect(correctedWords({ share: 0.55, low: 0.2014, high: 0.9482 })).toBe("55.0 % [20.1, 94.8]");
  expect(correctedWords("nothing rated by both")).toBe("not estimable: nothing rated by both");
});

test("the file holds every count of the confusion, and no number where there is none", () => {
  const of = (figures: readonly TwiceJudged[]) => {
    const cells = judgeCells(judgeFigures(figures));
    expect(cells).toHaveLength(JUDGE_HEAD.length);
    return Object.fromEntries(JUDGE_HEAD.map((name, at) => [name, cells[at]]));
  };
  const rated = [...images(3, "correct", true), ...images(2, "abstained", false)];
  expect(of(rated)).toMatchObject({
    people_correct_judge_correct: 3,
    people_incorrect_judge_abstained: 2,
    abstained: 2,
    raw_count: 3,
    raw_total: 5,
    sensitivity_count: 3,
    specificity_total: 2,
    corrected: expect.closeTo(0.6, 12),
    corrected_not_estimable: null,
  });
  expect(of(images(4, "correct", null))).toMatchObject({
    raw_count: 4,
    sensitivity_total: 0,
    sensitivity_low: null,
    corrected: null,
    corrected_not_estimable: "nothing rated by both",
  });
});

const tally = { scorerId: "s", name: "oracle", judged: 20, said: { correct: 13, abstained: 0 } };
const level: SheetLevel = {
  id: "l",
  source: "rater",
  mode: "full",
  rater: "Rita",
  raters: null,
  level: 2,
  correct: 12,
  rated: 20,
  low: 0.3,
  high: 0.8,
  ruleVersion: 1,
  createdAt: new Date(0),
  isOfRecord: true,
  isTrivial: null,
};
const beside = (change: Partial<SheetLevel>) => ({ levels: [{ ...level, ...change }] });

test("a grid tells what the judge counts and what people do, side by side", () => {
  expect(automaticWords(tally, beside({}))).toBe(
    "Automatic judge oracle: 13 of 20 correct; people: 12 of 20.",
  );
  const unsure = { ...tally, said: { correct: 13, abstained: 2 } };
  expect(automaticWords(unsure, { levels: [] })).toBe(
    "Automatic judge oracle: 13 of 20 correct, abstained on 2; people have given no Level yet.",
  );
  const lost = { ...tally, said: { correct: 0, abstained: 20 } };
  expect(automaticWords(lost, { levels: [] })).toBe(
    "Automatic judge oracle: abstained on all 20; people have given no Level yet.",
  );
  const screened = beside({ mode: "screen", level: null, rated: 7, correct: 1 });
  expect(automaticWords({ ...tally, judged: 16 }, screened)).toBe(
    "Automatic judge oracle: 13 of 16 correct; people: 1 of 7 when screened.",
  );
});

test("a simulated rater's Level is not told as people's beside a judge, nor are Levels that are not of record", () => {
  for (const change of [{ source: "simulated" }, { isOfRecord: false }] as const) {
    expect(automaticWords(tally, beside(change))).toBe("Automatic judge oracle: 13 of 20 correct.");
  }
});

test("what is withheld while a grid is open is told to be withheld, and why", () => {
  expect(automaticWords({ ...tally, said: null }, { levels: [] })).toBe(
    "Automatic judge oracle was asked about 20 images: its count is shown once this grid is rated, so that it sways nobody.",
  );
});
