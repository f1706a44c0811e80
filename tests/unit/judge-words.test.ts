import { expect, test } from "vitest";
import { judgeWords } from "@/app/(lab)/p/[project]/_board/judge-words";

test.each([
  [{ source: "rater", rater: "Ada", raters: null }, "Ada"],
  [{ source: "consensus", rater: null, raters: 2 }, "2 raters"],
  [{ source: "adjudicated", rater: null, raters: 3 }, "3 raters and a last word"],
  [{ source: "simulated", rater: "Sim", raters: null }, "Simulated rater"],
] as const)("a Level of %j is said to be by %s", (level, words) => {
  expect(judgeWords(level)).toBe(words);
});
