// @vitest-environment jsdom
import { act } from "react";
import { expect, test, vi } from "vitest";
import { RevisionChoice } from "@/app/(lab)/p/[project]/_board/revision-choice";
import { press, renderPart } from "@/tests/support/render";

const replace = vi.hoisted(() => vi.fn());
// Outside Next there is no router; the address is what it would be told.
vi.mock("next/navigation", () => ({
  usePathname: () => "/p/everyday",
  useRouter: () => ({ replace }),
}));

const revisions = [
  { id: "one", generator: "Sketch", number: 1 },
  { id: "two", generator: "Sketch", number: 2 },
] as Parameters<typeof RevisionChoice>[0]["revisions"];

test("the menu of revisions closes on the choice, so that the figures are seen", async () => {
  const place = await renderPart(<RevisionChoice revision={revisions[0]!} revisions={revisions} />);
  const trigger = place.querySelector("button");
  await act(async () => {
    trigger?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  });
  const items = document.querySelectorAll("[role=menuitemradio]");
  expect(items).toHaveLength(2);

  await press(items[1]!);

  expect(replace).toHaveBeenCalledWith("/p/everyday?revision=two", { scroll: false });
  expect(document.querySelector("[role=menu]")).toBeNull();
});
