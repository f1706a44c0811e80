// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { PatternGauge } from "@/app/(lab)/p/[project]/patterns/pattern-gauge";
import { gaugeBatch } from "@/server/project/domain/gauge";
import { renderPart } from "@/tests/support/render";

vi.mock("@/app/(lab)/p/[project]/_board/retest-button", () => ({
  RetestButton: () => <button type="button">Re-test</button>,
}));

const gauge = {
  patternId: "a",
  pattern: "Drinks",
  state: "approved" as const,
  strategy: "direct" as const,
  proposer: "a model expand-pattern/1",
  proposals: 100,
  distinct: 60,
  once: 10,
  twice: 10,
  dryBatches: 2,
  isDry: true,
  isConfirmed: false,
  reason: "Seems dry: the next proposal is new with a chance of about 10 %. A re-test decides.",
  nextIsNew: 0.1,
  moreToFind: 5,
  last: {
    ...gaugeBatch({ number: 5, fresh: 2, judged: 20, isRetest: false }),
    meanSimilarity: 0.714,
  },
};

const textOf = async (props: Partial<typeof gauge> = {}, isInUse = true) => {
  const place = await renderPart(
    <PatternGauge project="lab" gauge={{ ...gauge, ...props }} isInUse={isInUse} />,
  );
  return place.textContent!.replaceAll("\u00a0", " ");
};

test("every figure of saturation is told with its reason, and a dry pattern can be tested again", async () => {
  const text = await textOf();

  expect(text).toContain("2 of 20 new 10 %, at most 22 % (90 %)");
  expect(text).toContain("f1/n 10/100: next new 10 % · Chao1 65, 5 more · last five alike 0.71");
  expect(text).toContain(gauge.reason);
  expect(text).toContain("Re-test");
});

test("a re-test is offered only where it would not be refused", async () => {
  expect(await textOf({ isConfirmed: true, reason: "Dry." })).not.toContain("Re-test");
  expect(await textOf({ isDry: false, reason: "Not dry." })).not.toContain("Re-test");
  expect(await textOf({}, false)).not.toContain("Re-test");
});
