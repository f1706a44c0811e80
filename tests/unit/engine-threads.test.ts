import { expect, test } from "vitest";
import { threadsOf } from "@/gpu-bridge/local/engine/threads";

test("Tiny World takes as many threads as there are cores, two at most, unless it is told how many", () => {
  expect([threadsOf(undefined, 1), threadsOf("", 16), threadsOf("5", 2)]).toEqual([1, 2, 5]);
});

test.each(["0", "-1", "1.5", "two", "65"])(
  "ENGINE_THREADS=%s is refused in a sentence",
  (asked) => {
    expect(() => threadsOf(asked, 2)).toThrow(
      `ENGINE_THREADS is "${asked}": give a whole number from 1 to 64.`,
    );
  },
);
