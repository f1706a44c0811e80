import { expect, test } from "vitest";
import { limitText, readLimit } from "@/app/(lab)/p/[project]/budgets/budget-words";
import { meterOf } from "@/server/budget/domain/meter";
import { forecast } from "@/server/project/domain/forecast";
import { gaugeBatch, outlookOf, runsLow } from "@/server/project/domain/gauge";

test("waiting pairs are expected at the share of their own pattern, drawn towards the others", () => {
  const found = forecast(
    [
      { waits: 10, rated: 100, found: 60 },
      { waits: 0, rated: 100, found: 40 },
    ],
    { grids: 20, minutes: 40 },
  );

  // The prior is 51 of 102 at weight 6; the first pattern's posterior mean is 63 / 106.
  expect(found?.expected).toBeCloseTo((10 * 63) / 106, 6);
  expect(found?.perHour).toBeCloseTo((30 * 63) / 106, 6);
});

test("where nothing waits, all patterns count alike", () => {
  const found = forecast(
    [
      { waits: 0, rated: 100, found: 60 },
      { waits: 0, rated: 100, found: 40 },
    ],
    { grids: 10, minutes: 10 },
  );

  expect(found).toMatchObject({ waits: 0, expected: 0 });
  expect(found?.perHour).toBeCloseTo(30, 6);
});

test("before five grids are timed, and two minutes of rating, nothing is forecast", () => {
  expect(forecast([{ waits: 3, rated: 4, found: 4 }], { grids: 4, minutes: 4 })).toBeNull();
  expect(forecast([{ waits: 3, rated: 4, found: 4 }], { grids: 8, minutes: 1.5 })).toBeNull();
  expect(forecast([], { grids: 50, minutes: 50 })).toBeNull();
});

const row = {
  patternId: "a",
  proposals: 100,
  distinct: 60,
  once: 40,
  twice: 10,
  dryBatches: 0,
  isDry: false,
  isConfirmed: false,
};

test("a dry pattern that nobody tested again is shown before all others", () => {
  const rows = [
    row,
    { ...row, patternId: "confirmed", isDry: true, isConfirmed: true, once: 1 },
    { ...row, patternId: "untested", isDry: true, once: 30 },
    { ...row, patternId: "lowest", once: 2 },
  ];

  expect(runsLow(rows)?.patternId).toBe("untested");
  expect(runsLow(rows.slice(0, 2))?.patternId).toBe("confirmed");
  expect(runsLow([row, rows[3]!])?.patternId).toBe("lowest");
  expect(runsLow([])).toBeNull();
});

test("a bar carries what its share surely does not pass; a batch without anything to judge has none", () => {
  const batch = gaugeBatch({ number: 11, fresh: 6, judged: 20, isRetest: false });
  expect(batch.share).toBeCloseTo(0.3, 6);
  expect(batch.atMost).toBeCloseTo(0.442, 3);
  expect(gaugeBatch({ number: 1, fresh: 0, judged: 0, isRetest: false })).toMatchObject({
    share: null,
    atMost: null,
  });
});

test("what is still to come is told by Good-Turing and Chao1", () => {
  expect(outlookOf(row)).toEqual({ nextIsNew: 0.4, moreToFind: 80 });
});

test.each([
  [
    { limit: null, reserved: 5, settled: 5 },
    { spent: 10, share: null, state: "free" },
  ],
  [
    { limit: 100, reserved: 5, settled: 80 },
    { spent: 85, share: 0.85, state: "within" },
  ],
  [
    { limit: 100, reserved: 6, settled: 80 },
    { spent: 86, share: 0.86, state: "near" },
  ],
  [
    { limit: 100, reserved: 0, settled: 100 },
    { spent: 100, share: 1, state: "stopped" },
  ],
  [
    { limit: 50, reserved: 0, settled: 100 },
    { spent: 100, share: 1, state: "stopped" },
  ],
  [
    { limit: 0, reserved: 0, settled: 0 },
    { spent: 0, share: 1, state: "stopped" },
  ],
] as const)("a budget of %j stands at %j", (budget, meter) => {
  expect(meterOf({ kind: "tokens", ...budget })).toEqual(meter);
});

test.each([
  ["tokens", "3,000,000", 3_000_000],
  ["rater_ms", "1 100", 66_000_000],
  ["rater_ms", "0.5", 30_000],
  ["renders", "", null],
  ["renders", "many", undefined],
  ["renders", "-1", undefined],
  ["tokens", "1.5", undefined],
] as const)("a limit of %s typed as %j is read", (kind, text, limit) => {
  expect(readLimit(kind, text)).toBe(limit);
});

test("a limit that is shown and saved again is the same limit", () => {
  expect(readLimit("rater_ms", limitText("rater_ms", 66_030_000))).toBe(66_030_000);
  expect(readLimit("tokens", limitText("tokens", null))).toBeNull();
});
