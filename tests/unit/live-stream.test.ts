// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import {
  type LiveEvent,
  type LiveSource,
  readLostAt,
  subscribeLive,
  watchLiveState,
} from "@/app/_trpc/live-stream";

function show(state: "visible" | "hidden") {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

test("on a plain-HTTP address a tab holds the stream while it is looked at, and only then", () => {
  expect(navigator.locks).toBeUndefined();
  let open = 0;
  const source: LiveSource = (onData) => {
    open += 1;
    onData("resync");
    return () => {
      open -= 1;
    };
  };
  const heard = vi.fn();
  const stop = subscribeLive(source, heard);
  expect(open).toBe(1);
  expect(heard).toHaveBeenCalledWith("resync");

  show("hidden");
  expect(open).toBe(0);

  show("visible");
  expect(open).toBe(1);

  stop();
  expect(open).toBe(0);
});

test("a stream that is lost is told as away, and as live again with the first word from it", () => {
  show("visible");
  let lose = () => {};
  let speak = () => {};
  const source: LiveSource = (onData, _, onAway) => {
    lose = onAway;
    speak = () => onData("resync");
    return () => undefined;
  };
  const changed = vi.fn();
  const stop = subscribeLive(source, () => undefined);
  const leave = watchLiveState(changed);
  expect(readLostAt()).toBeNull();

  lose();
  expect(readLostAt()).toEqual(expect.any(Number));

  speak();
  expect(readLostAt()).toBeNull();
  expect(changed).toHaveBeenCalledTimes(2);
  leave();
  stop();
});

test("leaving the page closes the stream and is not told as a loss", () => {
  show("visible");
  let opened = 0;
  const source: LiveSource = (_, onEnd) => {
    opened += 1;
    return onEnd;
  };
  vi.useFakeTimers();
  const stop = subscribeLive(source, () => undefined);

  stop();
  vi.runAllTimers();
  vi.useRealTimers();

  expect(opened).toBe(1);
  expect(readLostAt()).toBeNull();
});

test("a stream that never speaks is told as away and opened again until it does", () => {
  show("visible");
  let open = 0;
  let opened = 0;
  let speak = () => {};
  const source: LiveSource = (onData) => {
    open += 1;
    opened += 1;
    speak = () => onData("resync");
    return () => {
      open -= 1;
    };
  };
  vi.useFakeTimers();
  const stop = subscribeLive(source, () => undefined);

  vi.advanceTimersByTime(10_000);
  expect(readLostAt()).toEqual(expect.any(Number));
  expect(open).toBe(0);

  vi.advanceTimersByTime(2_000);
  speak();
  expect(readLostAt()).toBeNull();
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  expect({ open, opened }).toEqual({ open: 1, opened: 2 });
  stop();
});

test("a screen that listens later than its neighbour is told what was heard since its data was read", () => {
  show("visible");
  let speak: (event: LiveEvent) => void = () => {};
  const source: LiveSource = (onData) => {
    speak = onData;
    return () => undefined;
  };
  const pair: LiveEvent = { project: "tea", topic: "pair", id: "1" };
  vi.useFakeTimers();
  const stop = subscribeLive(source, () => undefined);
  speak(pair);
  speak({ ...pair, id: "2" });

  const heardSoon = vi.fn();
  subscribeLive(source, heardSoon)();
  vi.advanceTimersByTime(16_000);
  const heardLate = vi.fn();
  subscribeLive(source, heardLate)();
  vi.useRealTimers();
  stop();

  expect(heardSoon.mock.calls).toEqual([[{ ...pair, id: "2" }]]);
  expect(heardLate).not.toHaveBeenCalled();
});

test("a tab that joins a standing stream reads anew once", async () => {
  show("visible");
  const leader = new BroadcastChannel("teacup-live");
  leader.onmessage = ({ data }) => {
    if (data === "ask") leader.postMessage("live");
  };
  const told = vi.fn();
  const stop = subscribeLive(() => () => undefined, told);

  await vi.waitFor(() => expect(told).toHaveBeenCalledWith("resync"));
  leader.postMessage("live");
  const last = { project: "tea", topic: "pair", id: "3" };
  leader.postMessage(last);
  await vi.waitFor(() => expect(told).toHaveBeenCalledWith(last));
  stop();
  leader.close();

  expect(told).toHaveBeenCalledTimes(2);
});
