import { expect, test } from "vitest";
import { secondLook } from "@/server/rating/domain/second-look";

const BOTH = { audit: true, boundaryRouting: true };
const NEVER = 0.999;

test.each([
  ["one correct is audited", { correct: 1, level: 4, isBoundary: true }, BOTH, NEVER, "audit"],
  ["two correct are audited", { correct: 2, level: 4, isBoundary: false }, BOTH, NEVER, "audit"],
  ["none correct, and drawn", { correct: 0, level: 5, isBoundary: true }, BOTH, 0.19, "audit"],
  ["none correct, not drawn", { correct: 0, level: 5, isBoundary: false }, BOTH, 0.2, null],
  ["at the edge, not audited", { correct: 5, level: 4, isBoundary: true }, BOTH, NEVER, "boundary"],
  ["no rule asks for it", { correct: 1, level: 4, isBoundary: true }, {}, 0, null],
  ["tied: it goes to adjudication", { correct: 1, level: null, isBoundary: true }, BOTH, 0, null],
] as const)("a second look: %s", (_, consensus, rules, draw, expected) => {
  expect(secondLook(consensus, { audit: false, boundaryRouting: false, ...rules }, draw)).toBe(
    expected,
  );
});
