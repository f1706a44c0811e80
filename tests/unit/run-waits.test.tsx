// @vitest-environment jsdom
import { expect, test } from "vitest";
import { Waits } from "@/app/(lab)/p/[project]/runs/[number]/waits";
import type { RunSlot } from "@/app/(lab)/p/[project]/runs/types";
import { renderPart } from "@/tests/support/render";

const slot = (position: number, waits: string | null): RunSlot => ({
  renderId: `render-${position}`,
  pairId: "pair",
  position,
  conceptA: "iced coke",
  conceptB: "tea cup",
  concept: null,
  look: null,
  prompt: "A tea cup of iced coke.",
  state: "queued",
  attempt: 1,
  failures: 0,
  reason: null,
  nextTryAt: new Date(0),
  finishedAt: null,
  isOutdated: false,
  awaits: waits !== null,
  waits,
  imageIds: [],
});

test("what prompts wait for is said once for all of them, and nothing where none waits", async () => {
  const place = await renderPart(
    <Waits
      slots={[slot(1, "Waits for A."), slot(2, "Waits for A."), slot(3, "B."), slot(4, null)]}
    />,
  );
  const said = [...place.querySelectorAll("li")].map((line) => line.textContent);
  expect(said).toEqual(["2 of 4 prompts: Waits for A.", "1 of 4 prompts: B."]);

  const empty = await renderPart(<Waits slots={[slot(1, null)]} />);
  expect(empty.textContent).toBe("");
});
