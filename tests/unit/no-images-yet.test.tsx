// @vitest-environment jsdom
import { expect, test } from "vitest";
import { isRenderNext } from "@/app/(lab)/p/[project]/pairs/[id]/_pair/detail";
import { Sheets } from "@/app/(lab)/p/[project]/pairs/[id]/_pair/sheets";
import type { PairDetail } from "@/server/mining/pair-detail";
import { renderPart } from "@/tests/support/render";

const detailOf = (pair: Partial<PairDetail["pair"]>, prompts: number) =>
  ({
    pair,
    promptSets: Array.from({ length: prompts }, (_, at) => ({ id: `${at}` })),
    sheets: [],
  }) as unknown as PairDetail;
const said = async (detail: PairDetail) => {
  const part = <Sheets sheets={[]} beside={null} isRenderNext={isRenderNext(detail)} />;
  return (await renderPart(part)).textContent;
};

test("a pair without images says to press Render once nothing else has to come first", async () => {
  expect(await said(detailOf({ state: "accepted", promptsState: "done" }, 1))).toBe(
    "No images yet. Press Render: twenty images are drawn, four for each prompt.",
  );
});

test.each([
  ["proposed", "done", 1],
  ["accepted", "queued", 0],
  // Its prompts are written anew.
  ["accepted", "running", 1],
  ["accepted", "cancelled", 0],
] as const)("of a pair that is %s, its prompts %s, it says what comes before", async (...of) => {
  const [state, promptsState, prompts] = of;
  expect(await said(detailOf({ state, promptsState }, prompts))).toContain(
    "Once the pair is accepted and its five prompts are written, press Render: twenty",
  );
});
