import { expect, test } from "vitest";
import { isDrawnWell } from "@/server/mining/domain/drawn-well";

test.each([
  [{ level: 1, rated: 20 }, true],
  [{ level: 2, rated: 20 }, true],
  [{ level: 3, rated: 20 }, false],
  [{ level: 5, rated: 20 }, false],
  [{ level: null, rated: 1 }, true],
  [{ level: null, rated: 4 }, true],
  [{ level: null, rated: 5 }, false],
])("%o is drawn well: %s", (record, expected) => {
  expect(isDrawnWell(record)).toBe(expected);
});
