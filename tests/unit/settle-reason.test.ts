import { expect, test } from "vitest";
import {
  notReady,
  reasonOfKey,
  startReasons,
  withReason,
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

test("each reason has a digit, and the mark of a gap comes and goes with its reason alone", () => {
  expect(["1", "5", "6", "7", "0", "j"].map(reasonOfKey)).toEqual([
    "slip",
    "guideline_gap",
    "other",
    undefined,
    undefined,
    undefined,
  ]);
  const gap = withReason(startReasons, "guideline_gap");
  expect(gap).toMatchObject({ reason: "guideline_gap", isGuidelineGap: true });
  expect(withReason(gap, "slip").isGuidelineGap).toBe(false);
  const marked = { ...startReasons, isGuidelineGap: true };
  expect(withReason(marked, "slip").isGuidelineGap).toBe(true);
});
