// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { GridStack } from "@/app/(rate)/rate/[sitting]/_room/grid-stack";
import { closeRooms, openRoom, paint, rate } from "@/tests/support/rating-session";
import { press, renderPart } from "@/tests/support/render";

afterEach(closeRooms);
afterEach(() => void vi.unstubAllGlobals());

const keys = { layout: "block", name: String, cell: String, detail: String } as const;

/** The room with two grids held, and no frame drawn before the test says so. */
async function openStack() {
  const { session, answer } = await openRoom();
  paint(session);
  await answer();
  await vi.waitFor(() => expect(session.state().next).not.toBeNull());
  const frames: FrameRequestCallback[] = [];
  vi.stubGlobal("requestAnimationFrame", (frame: FrameRequestCallback) => frames.push(frame));
  vi.stubGlobal("cancelAnimationFrame", () => {});
  const place = await renderPart(
    <GridStack session={session} columns={5} keys={keys} firstPress="incorrect" />,
  );
  return {
    session,
    at: (name: string) => place.querySelector<HTMLElement>(`[data-place=${name}]`)!,
    frame: () =>
      act(async () => {
        for (const draw of frames.splice(0)) draw(0);
        await new Promise((resolve) => setTimeout(resolve));
      }),
  };
}

const cell = (layer: HTMLElement, index: number) =>
  layer.querySelector<HTMLElement>(`[data-index="${index}"]`)!;

const isHidden = (layer: HTMLElement) => layer.ariaHidden === "true";
const tabStops = (layer: HTMLElement) => layer.querySelectorAll('[tabindex="0"]').length;

test("a verdict stands on its cell before the next frame; the browser's focus follows it", async () => {
  const { session, at, frame } = await openStack();
  await frame();
  expect(document.activeElement).toBe(cell(at("shown"), 0));

  await act(async () => session.act({ type: "press", index: 3, firstPress: "incorrect" }));
  expect(cell(at("shown"), 3).ariaLabel).toMatch(/, incorrect$/);
  expect(cell(at("shown"), 3).ariaSelected).toBe("true");
  expect(document.activeElement).toBe(cell(at("shown"), 0));

  await frame();
  await frame();
  expect(document.activeElement).toBe(cell(at("shown"), 3));
});

test("the next grid is uncovered before the next frame, and can be used after it", async () => {
  const { session, at, frame } = await openStack();
  await frame();
  const [left, next] = [at("shown"), at("ahead")];
  expect([left, next].map(isHidden)).toEqual([false, true]);

  await act(async () => rate(session));
  expect(at("leaving")).toBe(left);
  expect(at("shown")).toBe(next);

  expect([left, next].map(tabStops)).toEqual([0, 1]);

  await frame();
  expect([left, next].map(isHidden)).toEqual([true, false]);
  expect(document.activeElement).toBe(cell(next, 0));
});

const imagesIn = (layer: HTMLElement) => layer.querySelectorAll("img").length;

test("the next grid grows by a row a frame, and is whole when it is uncovered, however early", async () => {
  const { session, at, frame } = await openStack();
  expect(imagesIn(at("ahead"))).toBe(5);
  await frame();
  expect(imagesIn(at("ahead"))).toBe(10);

  await act(async () => rate(session));

  expect(imagesIn(at("shown"))).toBe(20);
});

test("who watches is told once that the next grid has come", async () => {
  const { session } = await openStack();
  for (let index = 0; index < 20; index += 1)
    session.act({ type: "press", index, firstPress: "incorrect" });
  const told = vi.fn();
  session.subscribe(told);

  session.submit();

  expect(told).toHaveBeenCalledTimes(1);
});

test("a click at the grid just left judges nothing in the next one", async () => {
  const { session, at } = await openStack();
  await act(async () => rate(session));

  await press(cell(at("leaving"), 4).querySelector("kbd"));

  expect(session.state().table?.grid.cells[4]?.verdict).toBeNull();
  expect(session.state().table?.grid.focus).toBe(0);
});
