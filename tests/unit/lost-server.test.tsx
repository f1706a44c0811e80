// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type LiveSource, subscribeLive } from "@/app/_trpc/live-stream";
import { LostServer } from "@/app/(lab)/_shell/lost-server";

let lose: () => void;
let speak: () => void;
const source: LiveSource = (onData, _, onAway) => {
  lose = onAway;
  speak = () => onData("resync");
  return () => undefined;
};

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open() {
  const leave = subscribeLive(source, () => undefined);
  const place = document.createElement("div");
  const root = createRoot(place);
  act(() => root.render(<LostServer />));
  const close = () => {
    act(() => root.unmount());
    leave();
  };
  return { place, close };
}

const after = (ms: number) => act(() => vi.advanceTimersByTime(ms));

test("a lost server is told within three seconds with its time, and no more once it is back", () => {
  const { place, close } = open();
  vi.setSystemTime(new Date(2026, 10, 27, 22, 5, 7));

  act(() => lose());
  expect(place.textContent).toBe("");
  after(3_000);
  expect(place.textContent).toMatch(/has not answered since .*05:07.*What is shown may be old/);

  act(() => speak());
  expect(place.textContent).toBe("");
  close();
});

test("a stream that is back at once is not told as a loss", () => {
  const { place, close } = open();

  act(() => lose());
  after(1_000);
  act(() => speak());
  after(10_000);

  expect(place.textContent).toBe("");
  close();
});

test("who leaves the screens of a lost server for others finds no old warning there", () => {
  const first = open();
  act(() => lose());
  after(3_000);
  first.close();

  const next = open();
  after(3_000);

  expect(next.place.textContent).toBe("");
  next.close();
});
