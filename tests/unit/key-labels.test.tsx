// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { useKeyLabels } from "@/app/(rate)/rate/[sitting]/_room/use-key-labels";
import { renderPart } from "@/tests/support/render";

afterEach(() => void vi.unstubAllGlobals());

function Sixth() {
  return <kbd>{useKeyLabels("block").cell(5)}</kbd>;
}

const withKeyboard = (getLayoutMap: () => Promise<ReadonlyMap<string, string>>) =>
  vi.stubGlobal("navigator", { keyboard: { getLayoutMap } });

test("a cell shows what is printed on the rater's own key", async () => {
  withKeyboard(async () => new Map([["KeyQ", "a"]]));

  expect((await renderPart(<Sixth />)).textContent).toBe("A");
});

test("the usual letter stands where the browser does not tell", async () => {
  withKeyboard(async () => Promise.reject(new Error("not allowed")));

  expect((await renderPart(<Sixth />)).textContent).toBe("Q");
});
