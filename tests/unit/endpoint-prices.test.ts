import { expect, test } from "vitest";
import { centsIn, priceOf, wholeCentsIn } from "@/app/(lab)/settings/bridges/prices";

test.each(["0.0035", "0.007", "0.011", "0.04", "1.1", "2", "0"])(
  "a price of %s an image is shown again as it was typed",
  (typed) => {
    expect(priceOf(centsIn(typed, 1_000_000)!)).toBe(typed);
  },
);

test("a comma is a point, nothing is no price, and what is no price is not taken", () => {
  expect(centsIn("0,0035", 1_000_000)).toBe(0.35);
  expect(centsIn(" ", 1_000_000)).toBeNull();
  expect(priceOf(null)).toBe("");
  for (const text of ["-1", "cheap", "10000.01"]) expect(centsIn(text, 1_000_000)).toBeUndefined();
});

test("an hour costs whole hundredths", () => {
  expect(wholeCentsIn("2.499")).toBe(250);
  expect(wholeCentsIn("")).toBeNull();
});
