import { expect, test } from "vitest";
import { paceOf } from "@/server/generation/domain/pace";
import { timeLeft } from "@/server/generation/domain/time-left";

const arrived = (...secondsAgo: number[]) =>
  secondsAgo.map((ago) => ({ secondsAgo: ago, images: 4 }));

test.each([
  ["nothing", arrived()],
  ["the first images alone, half a second old", arrived(0.5)],
  ["the first images alone, however long ago", arrived(400)],
  ["one arrival after the first", arrived(1, 30)],
  ["several that began at once", arrived(0.1, 0.2, 0.3, 0.4)],
])("no pace and no time left is told of %s", (_, arrivals) => {
  expect(paceOf(arrivals)).toBeNull();
  expect(timeLeft(80, paceOf(arrivals))).toBeNull();
});

test("the pace is that of what came since the first of the recent arrivals", () => {
  expect(paceOf(arrived(0, 10, 20))).toBe(24);
  // An hour of drawing before says nothing of the last two minutes.
  expect(paceOf(arrived(0, 60, 120, 121, 122))).toBe(4);
  expect(timeLeft(80, 24)).toBe("about 4 minutes");
});

test("a slow generator's pace is read from its last three renders, however old", () => {
  expect(paceOf(arrived(0, 200, 400, 600))).toBeCloseTo(1.2);
});

test("a pace sinks while nothing comes", () => {
  expect(paceOf(arrived(40, 50, 60))).toBeLessThan(paceOf(arrived(0, 10, 20))!);
});
