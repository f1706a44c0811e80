import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { comparePairs } from "@/server/mining/domain/compare-pairs";
import { builtInVector } from "@/server/mining/domain/meaning/built-in-vector";
import { compareMeaning, cosine } from "@/server/mining/domain/meaning/compare-meaning";
import { BUILT_IN_LIMITS } from "@/server/mining/domain/meaning/limits";

// 200 pairs of pairs, written and labelled by hand: is the second pair the first one again? Every other one is the
// calibration half, on which the limits were set; the rest was held out.
type Labelled = { kind: string; same: boolean; x: [string, string]; y: [string, string] };
type Judged = Labelled & { step: Step | null; meaning: number; isHeldOut: boolean };
type Step = (typeof STEPS)[number];
const STEPS = ["exact", "lexical", "automatic", "flag"] as const;

const labelled = JSON.parse(
  readFileSync("tests/fixtures/duplicate-pairs.json", "utf8"),
) as Labelled[];
const words = ([a, b]: [string, string]) => ({ a, b });
const judged = labelled.map((row, index): Judged => {
  const [x, y] = [words(row.x), words(row.y)];
  const meaning =
    compareMeaning(x, y, (one, other) => cosine(builtInVector(one), builtInVector(other))) ?? -1;
  const step = comparePairs(x, y)?.step ?? stepOf(meaning);
  return { ...row, step, meaning, isHeldOut: index % 2 === 1 };
});

function stepOf(meaning: number): Step | null {
  if (meaning >= BUILT_IN_LIMITS.automatic) return "automatic";
  return meaning >= BUILT_IN_LIMITS.flag ? "flag" : null;
}

/** Of what these steps caught, how much is right; of all that repeats, how much they caught. */
function figures(rows: readonly Judged[], steps: readonly Step[]) {
  const caught = rows.filter(({ step }) => step !== null && steps.includes(step));
  const right = caught.filter(({ same }) => same).length;
  const repeats = rows.filter(({ same }) => same).length;
  const precision = caught.length === 0 ? 1 : right / caught.length;
  return { caught: caught.length, precision, recall: right / repeats };
}

const halves = {
  calibration: judged.filter(({ isHeldOut }) => !isHeldOut),
  "held out": judged.filter(({ isHeldOut }) => isHeldOut),
};

test("the list is whole: 200 different ones, both answers in both halves", () => {
  expect(new Set(labelled.map(({ x, y }) => `${x} ${y}`)).size).toBe(200);
  for (const rows of Object.values(halves)) {
    expect(rows).toHaveLength(100);
    expect(rows.filter(({ same }) => same).length).toBeGreaterThan(50);
    expect(rows.filter(({ same }) => !same).length).toBeGreaterThan(40);
  }
});

test("the figures of each step, printed", () => {
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`.padStart(6);
  const line = (name: string, steps: readonly Step[]) =>
    Object.values(halves)
      .map((rows) => figures(rows, steps))
      .reduce(
        (text, { caught, precision, recall }) =>
          `${text} | ${String(caught).padStart(3)} ${percent(precision)} ${percent(recall)}`,
        name.padEnd(24),
      );
  const table = [
    "caught, precision, recall | calibration     | held out",
    ...STEPS.map((step) => line(step, [step])),
    ...STEPS.map((step, index) => line(`up to ${step}`, STEPS.slice(0, index + 1))),
  ];
  console.log(table.join("\n"));
  expect(table).toHaveLength(9);
});

test("flagging starts just above the most alike of the calibration half's non-duplicates", () => {
  const undecided = halves.calibration.filter(({ same, step }) => !same && step !== "lexical");
  const most = Math.max(...undecided.map(({ meaning }) => meaning));
  expect(Math.ceil(most * 100) / 100).toBe(BUILT_IN_LIMITS.flag);
});

describe.each(Object.entries(halves))("in the %s half", (_, rows) => {
  test("an equal key is always a repeat", () => {
    expect(figures(rows, ["exact"]).precision).toBe(1);
  });
  test("what counts as a repeat by meaning alone is one", () => {
    expect(figures(rows, ["automatic"]).precision).toBeGreaterThanOrEqual(0.95);
  });
  test("of ten that are flagged or caught at most one is wrong", () => {
    expect(figures(rows, STEPS).precision).toBeGreaterThanOrEqual(0.9);
  });
  test("three of four repeats are found", () => {
    expect(figures(rows, STEPS).recall).toBeGreaterThanOrEqual(0.75);
  });
  test("of the repeats that no step by wording caught, meaning finds half", () => {
    const left = rows.filter(({ step }) => step !== "exact" && step !== "lexical");
    expect(left.filter(({ same }) => same).length).toBeGreaterThan(25);
    expect(figures(left, ["automatic", "flag"]).recall).toBeGreaterThanOrEqual(0.5);
  });
});

// The words of a chocolate milk are those of a milk chocolate: the second step takes them for one. People are shown both.
test("word order that changes the thing is the known fault of the step by wording", () => {
  const wrong = judged.filter(({ same, step }) => !same && step === "lexical");
  expect(wrong.map(({ kind }) => kind)).toEqual(wrong.map(() => "head"));
  expect(wrong.length).toBeLessThanOrEqual(7);
});

test("sides that merely swapped a word are never taken for a repeat", () => {
  const crossed = judged.filter(({ kind }) => kind === "crossed");
  expect(crossed.map(({ step }) => step)).toEqual(crossed.map(() => null));
});
