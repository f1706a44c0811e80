// @vitest-environment jsdom
import { expect, test } from "vitest";
import { Judges } from "@/app/(lab)/p/[project]/metrics/_metrics/judges";
import { judgeFigures, type TwiceJudged } from "@/server/metrics/domain/judge-figures";
import type { Metrics } from "@/server/metrics/show-metrics";
import { renderPart } from "@/tests/support/render";

const images = (count: number, judge: TwiceJudged["judge"], people: boolean | null) =>
  Array.from({ length: count }, (): TwiceJudged => ({ judge, people }));
const oracle = (figures: readonly TwiceJudged[], steered = false): Metrics["judges"][number] => ({
  scorer: {
    id: "s",
    name: "oracle",
    version: "1",
    model: "tiny",
    modelRevision: "local",
    weightsHash: "f".repeat(64),
    settings: {},
  },
  seenFrom: 0.5,
  all: judgeFigures(steered ? [] : figures),
  generators: [
    {
      revisionId: "r",
      name: "Tiny World, revision 1",
      steered,
      trained: false,
      ...judgeFigures(figures),
    },
  ],
});
const show = (judges: Metrics["judges"]) =>
  renderPart(<Judges project="vessels" judges={judges} />);

test("a project whose scorers do not judge hears nothing of judges", async () => {
  expect((await show([])).textContent).toBe("");
});

test("a judge that no person has been set against is worth nothing yet, and the page says what to do", async () => {
  const place = await show([oracle(images(20, "correct", null))]);
  expect(place.textContent).toContain("No image has verdicts of both yet");
  expect(place.querySelector("a")?.getAttribute("href")).toBe("/p/vessels/rating");
  expect(place.textContent).toContain("not estimable: nothing rated by both");
  expect(place.querySelectorAll("table")).toHaveLength(1);
});

test("every generator has its own row, with counts, intervals and abstentions", async () => {
  const place = await show([
    oracle([...images(9, "correct", true), ...images(11, "abstained", false)]),
  ]);
  const [counts, rows] = place.querySelectorAll("table");
  expect([...counts!.querySelectorAll("td")].map((cell) => cell.textContent)).toEqual([
    ...["correct", "9", "0", "0"],
    ...["incorrect", "0", "0", "11"],
  ]);
  expect(rows?.textContent).toContain("Tiny World, revision 1");
  expect(rows?.textContent).toContain("45.0 % [23.1, 68.5]9 of 20, abstained on 11 images");
});

test("a generator that the judge steered is marked as no evidence, and in no row of all", async () => {
  const place = await show([oracle(images(20, "correct", true), true)]);
  expect(place.textContent).toContain("Steered by this judge: no evidence");
  const [all] = place.querySelectorAll("tbody tr");
  expect(all?.textContent).toContain("not estimable: nothing judged");
});
