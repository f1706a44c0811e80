import { expect, test } from "vitest";
import {
  notReady,
  startReasons,
} from "@/app/(lab)/p/[project]/rating/adjudication/[grid]/_settle/rulings";

test("no reason is chosen for the person, and settling without one says what is missing", () => {
  expect(startReasons.reason).toBeNull();
  expect(notReady(0, startReasons)).toBe("Choose for an image first.");
  expect(notReady(2, startReasons)).toBe("Say why the votes differ.");
  expect(notReady(2, { ...startReasons, reason: "other", note: " " })).toBe(
    "Say the reason in the note.",
  );
  expect(notReady(2, { ...startReasons, reason: "slip" })).toBe(false);
});
