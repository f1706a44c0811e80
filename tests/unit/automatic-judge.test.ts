import { describe, expect, test } from "vitest";
import { automaticVerdict, judgeRule } from "@/server/metrics/domain/automatic-verdict";
import { type Corrected, correctedShare } from "@/server/metrics/domain/corrected-share";
import { judgeFigures, type TwiceJudged } from "@/server/metrics/domain/judge-figures";
import { verdictOfPeople } from "@/server/metrics/domain/verdict-of-people";
import { seededDraws } from "@/server/mining/domain/random";

const of = (count: number, total: number) => ({ count, total });
type Counts = [count: number, total: number];
const corrected = (raw: Counts, sensitivity: Counts, specificity: Counts): Corrected =>
  correctedShare(of(...raw), { sensitivity: of(...sensitivity), specificity: of(...specificity) });

const images = (
  count: number,
  judge: TwiceJudged["judge"],
  people: TwiceJudged["people"],
): TwiceJudged[] => Array.from({ length: count }, () => ({ judge, people }));

describe("what a scorer's numbers say as verdicts", () => {
  test("only a scorer whose settings name a rule judges", () => {
    expect(judgeRule({ judge: { seen_from: 0.5 }, below: 0.9 })).toEqual({ seenFrom: 0.5 });
    for (const settings of [{}, null, { prefix: "A photo" }, { judge: {} }, { judge: "yes" }]) {
      expect(judgeRule(settings)).toBeNull();
    }
  });

  test("an image is correct from the rule's number on, and a number below 0 is an abstention", () => {
    const said = [1, 0.5, 0.49, 0, -1].map((weaker) => automaticVerdict(weaker, { seenFrom: 0.5 }));
    expect(said).toEqual(["correct", "correct", "incorrect", "incorrect", "abstained"]);
  });
});

describe("the corrected share of correct images", () => {
  // epiR's documented examples of Rogan and Gladen's estimate: brucellosis in a herd, H. pylori in children (below 0 before it is clipped).
  test.each([
    [[23, 150], [96, 100], [89, 100], 0.051],
    [[6, 151], [964, 1000], [927, 1000], 0],
  ] satisfies [Counts, Counts, Counts, number][])("of %j, by %j and %j, is %f", (...given) => {
    const [raw, sensitivity, specificity, share] = given;
    expect(corrected(raw, sensitivity, specificity)).toMatchObject({
      share: expect.closeTo(share, 3),
    });
  });

  // Lang and Reiczigel's limits as the R package asht 1.0.3 writes them down (prevSeSp), reckoned apart in Python.
  test.each([
    [[130, 400], [38, 40], [158, 160], 0.33333333, 0.28219257, 0.40208853],
    [[60, 200], [50, 60], [48, 60], 0.15789474, 0, 0.31430245],
    [[23, 150], [96, 100], [89, 100], 0.05098039, 0, 0.14566846],
    [[0, 20], [5, 5], [15, 15], 0, 0, 0.19989139],
    [[20, 20], [5, 5], [15, 15], 1, 0.84885832, 1],
  ] satisfies [Counts, Counts, Counts, number, number, number][])(
    "of %j, by %j and %j, has its interval",
    (raw, sensitivity, specificity, share, low, high) => {
      expect(corrected(raw, sensitivity, specificity)).toEqual({
        share: expect.closeTo(share, 8),
        low: expect.closeTo(low, 8),
        high: expect.closeTo(high, 8),
      });
    },
  );

  test("is the raw share where the judge has made no mistake", () => {
    expect(corrected([7, 20], [400, 400], [400, 400])).toMatchObject({
      share: expect.closeTo(7 / 20, 12),
    });
  });

  test("its interval holds the true share in about 95 of 100 samples, few labels included", () => {
    const draw = seededDraws(7);
    const hits = (total: number, chance: number): Counts => {
      let count = 0;
      for (let turn = 0; turn < total; turn += 1) count += Number(draw() < chance);
      return [count, total];
    };
    const [truth, se, sp] = [0.2, 0.9, 0.95];
    let held = 0;
    const rounds = 2000;
    for (let round = 0; round < rounds; round += 1) {
      const raw = hits(200, truth * se + (1 - truth) * (1 - sp));
      const found = corrected(raw, hits(30, se), hits(60, sp));
      if (typeof found !== "string" && found.low <= truth && truth <= found.high) held += 1;
    }
    expect(held / rounds).toBeGreaterThan(0.93);
    expect(held / rounds).toBeLessThan(0.99);
  });

  test.each([
    [[0, 0], [3, 3], [3, 3], "nothing judged"],
    [[5, 20], [0, 0], [0, 0], "nothing rated by both"],
    [[5, 20], [0, 0], [9, 9], "people found none correct"],
    [[5, 20], [9, 9], [0, 0], "people found none incorrect"],
    // A third and two thirds: no better than a coin, and in floating point above it by a hair.
    [[5, 20], [1, 3], [2, 3], "no better than chance"],
    [[5, 20], [1, 9], [1, 9], "no better than chance"],
  ] satisfies [Counts, Counts, Counts, string][])(
    "of %j, by %j and %j, is not estimable",
    (raw, sensitivity, specificity, why) => {
      expect(corrected(raw, sensitivity, specificity)).toBe(why);
    },
  );

  test("has everything between 0 and 1 as its interval where a few labels leave the judge's worth open", () => {
    expect(corrected([300, 1000], [300, 1000], [1, 1])).toMatchObject({ low: 0, high: 1 });
  });
});

describe("a judge against people", () => {
  const twenty = [
    ...images(8, "correct", true),
    ...images(1, "incorrect", true),
    ...images(1, "abstained", true),
    ...images(2, "correct", false),
    ...images(7, "incorrect", false),
    ...images(1, "abstained", false),
  ];

  test("an abstention is not correct, whatever people said, and is told", () => {
    const figures = judgeFigures(twenty);
    expect(figures.confusion).toEqual({
      correct: { correct: 8, incorrect: 1, abstained: 1 },
      incorrect: { correct: 2, incorrect: 7, abstained: 1 },
    });
    expect(figures).toMatchObject({
      sensitivity: { count: 8, total: 10 },
      specificity: { count: 8, total: 10 },
      raw: { count: 10, total: 20 },
      people: { count: 10, total: 20 },
      abstained: 2,
      // 16 of 20 agree, and half would by chance.
      kappa: expect.closeTo(0.6, 12),
    });
    // Clopper and Pearson's limits of 8 of 10.
    expect(figures.sensitivity?.low).toBeCloseTo(0.4439, 4);
    expect(figures.sensitivity?.high).toBeCloseTo(0.9748, 4);
  });

  test("kappa is Cohen's of the confusion", () => {
    // [[20, 5], [10, 15]]: .4.
    const { kappa } = judgeFigures([
      ...images(20, "correct", true),
      ...images(5, "incorrect", true),
      ...images(10, "correct", false),
      ...images(15, "abstained", false),
    ]);
    expect(kappa).toBeCloseTo(0.4, 12);
    expect(judgeFigures(images(3, "correct", true)).kappa).toBe("no variation");
  });

  test("where people rated every image that it judged, the corrected share is theirs", () => {
    expect(judgeFigures(twenty).corrected).toMatchObject({ share: expect.closeTo(0.5, 12) });
  });

  test("images without a verdict of people count for the raw share alone", () => {
    const figures = judgeFigures([...twenty, ...images(20, "correct", null)]);
    expect(figures).toMatchObject({
      raw: { count: 30, total: 40 },
      people: { count: 10, total: 20 },
      // (.75 + .8 - 1) / (.8 + .8 - 1)
      corrected: { share: expect.closeTo(0.55 / 0.6, 12) },
    });
  });

  test("of nothing there are no figures", () => {
    expect(judgeFigures([])).toMatchObject({
      sensitivity: null,
      specificity: null,
      raw: null,
      people: null,
      kappa: "no overlap",
      corrected: "nothing judged",
    });
  });

  test("an image that two grids show has a verdict where both say the same", () => {
    const grid = { gridId: "g", pairId: "p", patternId: "t", revisionId: "r", correct: 1 };
    const found = verdictOfPeople([
      { ...grid, imageId: "same", isCorrect: true },
      { ...grid, imageId: "same", isCorrect: true },
      { ...grid, imageId: "other", isCorrect: true },
      { ...grid, imageId: "other", isCorrect: false },
      { ...grid, imageId: "other", isCorrect: true },
    ]);
    expect([...found]).toEqual([
      ["same", true],
      ["other", null],
    ]);
  });
});
