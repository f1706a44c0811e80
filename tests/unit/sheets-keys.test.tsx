// @vitest-environment jsdom
import { act } from "react";
import { expect, test } from "vitest";
import type { Sheet } from "@/app/(lab)/p/[project]/pairs/[id]/_pair/detail";
import { Sheets } from "@/app/(lab)/p/[project]/pairs/[id]/_pair/sheets";
import { renderPart } from "@/tests/support/render";

const sheet = {
  generatorRevisionId: "tiny",
  generator: "Tiny World",
  revision: 1,
  promptSetId: "prompts",
  promptSet: 1,
  seedSetId: "seeds",
  seedSet: 1,
  purpose: "mining",
  seeds: [7],
  levels: [],
  sittings: 0,
  audit: null,
  automatic: [],
  cells: [1, 2, 3, 4, 5].map((prompt) => ({
    prompt,
    row: 0,
    seed: 7,
    imageId: `image-${prompt}`,
    state: "done",
    reason: null,
    notes: null,
    marks: [],
  })),
} as unknown as Sheet;

const pressKey = (target: EventTarget, key: string) =>
  act(async () => target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
const enlarged = () => document.querySelector("[role=dialog] img")?.getAttribute("src");

test("the marked image is enlarged by the first key press, before anything was clicked", async () => {
  await renderPart(<Sheets sheets={[sheet]} beside={null} isRenderNext={false} />);
  await pressKey(document.body, ".");

  expect(enlarged()).toBe("/api/images/image-1?w=full");
});

test("after arrows on the images it is the one that they lead to", async () => {
  const place = await renderPart(<Sheets sheets={[sheet]} beside={null} isRenderNext={false} />);
  await pressKey(place.querySelector("[data-place='1 0']")!, "ArrowRight");
  await pressKey(document.activeElement!, ".");

  expect(enlarged()).toBe("/api/images/image-2?w=full");
});
