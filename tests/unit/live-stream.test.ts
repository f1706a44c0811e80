// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { type LiveSource, subscribeLive } from "@/app/_trpc/live-stream";

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
