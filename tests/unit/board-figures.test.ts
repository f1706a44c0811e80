import { expect, test } from "vitest";
import { type LoopCalls, nextStep, type Waiting } from "@/server/project/domain/next-step";
import { estimateOf, phaseFigures } from "@/server/project/domain/phase-figures";

test("the bars of a phase are measured against its longest row", () => {
  const { funnel } = phaseFigures({
    sources: [
      { label: "Proposed", count: 640 },
      { label: "New", count: 444 },
    ],
    accepted: 371,
    rated: 346,
    level5: 189,
  });

  expect(funnel.map((row) => [row.label, row.count, Math.round(row.share * 1000) / 10])).toEqual([
    ["Proposed", 640, 100],
    ["New", 444, 69.4],
    ["Accepted", 371, 58],
    ["Rated", 346, 54.1],
    ["Level 5", 189, 29.5],
  ]);
});

test("a phase with nothing in it has empty bars and no estimate", () => {
  const empty = { sources: [], accepted: 0, rated: 0, level5: 0 };

  expect(phaseFigures(empty).yield).toBeNull();
  expect(phaseFigures(empty).funnel.every((row) => row.share === 0)).toBe(true);
});

test("the share at Level 5 carries its Wilson interval", () => {
  const found = estimateOf(27, 48);

  expect(found?.share).toBeCloseTo(0.5625, 4);
  expect(found?.low).toBeCloseTo(0.423, 3);
  expect((found?.high ?? 0) * 100).toBeCloseTo(69.3, 1);
});

const quiet: Waiting = {
  pairs: 24,
  toReview: 0,
  stuck: 0,
  asks: 0,
  quickLooks: 0,
  toRender: 0,
  underWay: 0,
  toRate: 0,
};
const silent: LoopCalls = { isStopped: false, patternsToReview: 0, offered: [] };

test.each([
  ["an empty project asks for pairs", { pairs: 0 }, "addPairs"],
  ["a proposal comes before all else", { toReview: 1, stuck: 1, toRender: 1, toRate: 1 }, "review"],
  ["an unusable answer comes before rendering", { stuck: 1, toRender: 1, toRate: 1 }, "unstick"],
  ["a glance comes before the whole grid", { quickLooks: 3, toRender: 1, toRate: 1 }, "quickLook"],
  ["a step that a pattern asks before comes before drawing", { asks: 1, toRender: 1 }, "goOn"],
  ["rendering comes before rating, because machines wait", { toRender: 1, toRate: 1 }, "render"],
  ["grids are rated when nothing else waits", { toRate: 1 }, "rate"],
  [
    "while machines work and nothing else waits, there is nothing to press",
    { underWay: 5 },
    "wait",
  ],
  ["a quiet project asks for proposals", {}, "propose"],
] as const)("%s", (_, waiting, step) => {
  expect(nextStep({ ...quiet, ...waiting }, silent)).toBe(step);
});

test.each([
  [
    "a pattern without pairs can be approved",
    { pairs: 0 },
    { patternsToReview: 1 },
    "reviewPatterns",
  ],
  [
    "a budget that stops work comes before more work",
    { toRender: 1 },
    { isStopped: true },
    "raiseBudget",
  ],
  ["what is proposed is decided before a budget", { toReview: 1 }, { isStopped: true }, "review"],
  ["an offer waits until nothing else does", { toRate: 1 }, { offered: [3] }, "rate"],
  ["an offered phase is opened by a person", {}, { offered: [3] }, "openPatterns"],
  ["phase 3 is offered before phase 4", {}, { offered: [4, 3] }, "openPatterns"],
  ["phase 4 may be offered alone", {}, { offered: [4] }, "openMerge"],
] as const)("%s", (_, waiting, calls, step) => {
  expect(nextStep({ ...quiet, ...waiting }, { ...silent, ...calls })).toBe(step);
});
