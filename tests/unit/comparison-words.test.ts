import { expect, test } from "vitest";
import { mcnemarWords, signFlipWords } from "@/app/(lab)/p/[project]/compare/_compare/words";

test("before a pair has a Level by both, no test is told as if it had found nothing", () => {
  expect(mcnemarWords({ onlyFirst: 0, onlySecond: 0 }, null, 0)).toBe(
    "No pair has a Level by both yet",
  );
  expect(signFlipWords(null, 0)).toBe("");
});

test("from the first such pair on, the counts are told with p, or that no pair differs", () => {
  expect(mcnemarWords({ onlyFirst: 0, onlySecond: 0 }, null, 1)).toBe("0 : 0, no pair differs");
  expect(mcnemarWords({ onlyFirst: 7, onlySecond: 1 }, 0.0703125, 9)).toBe("7 : 1, p = .070");
  expect(signFlipWords(0.0703125, 9)).toBe("p = .070");
});
