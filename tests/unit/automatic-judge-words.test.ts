import { expect, test } from "vitest";
import {
  correctedWords,
  JUDGE_HEAD,
  judgeCells,
  shareWords,
} from "@/app/(lab)/p/[project]/metrics/_metrics/judge-words";
import { automaticWords } from "@/app/(lab)/p/[project]/pairs/[id]/_pair/automatic-words";
import { judgeFigures, type TwiceJudged } from "@/server/metrics/domain/judge-figures";

const images = (count: number, judge: TwiceJudged["judge"], people: boolean | null) =>
  Array.from({ length: count }, (): TwiceJudged => ({ judge, people }));

test("a share is told with how many of how many, and its interval", () => {
  expect(shareWords({ count: 12, total: 20, low: 0.36054, high: 0.80881 })).toBe(
    "12 of 20: 60.0 % [36.1, 80.9]",
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

const tally = { scorerId: "s", name: "oracle", judged: 20, correct: 13, abstained: 0 };
const level = { correct: 12, rated: 20, source: "rater", mode: "full" } as const;

test("a grid tells what the judge counts and what people do, side by side", () => {
  expect(automaticWords(tally, level)).toBe(
    "Automatic judge oracle: 13 of 20 correct; people: 12 of 20.",
  );
  expect(automaticWords({ ...tally, abstained: 2 }, null)).toBe(
    "Automatic judge oracle: 13 of 20 correct, 2 of the others abstained on; people have given no Level yet.",
  );
  expect(
    automaticWords({ ...tally, judged: 16 }, { ...level, mode: "screen", rated: 7, correct: 1 }),
  ).toBe("Automatic judge oracle: 13 of 16 correct; people: 1 of 7 when screened.");
});

test("a simulated rater's Level is not told as people's beside a judge", () => {
  expect(automaticWords(tally, { ...level, source: "simulated" })).toBe(
    "Automatic judge oracle: 13 of 20 correct.",
  );
});
