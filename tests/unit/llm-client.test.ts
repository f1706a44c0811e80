import { expect, test } from "vitest";
import { retryAfterMs } from "@/server/llm/retry-after";
import { retryPlan } from "@/server/llm/retry-plan";
import { seal, unseal } from "@/server/llm/seal";

const down = { kind: "down", retryAfterMs: null } as const;
const busy = (retryAfterMs: number | null) => ({ kind: "busy", retryAfterMs }) as const;

test("each wait is about four times the one before, with jitter", () => {
  expect([1, 2, 3].map((sends) => retryPlan(down, sends, 0.5))).toEqual([1000, 4000, 16_000]);
  expect(retryPlan(down, 1, 0)).toBe(500);
  expect(retryPlan(down, 1, 0.99)).toBeCloseTo(1490);
});

test("the fourth try is the last", () => {
  expect(retryPlan(down, 4, 0.5)).toBeNull();
});

test("Retry-After is taken at its word, unless it asks for longer than a person would wait", () => {
  expect(retryPlan(busy(7000), 1, 0.5)).toBe(7000);
  expect(retryPlan(busy(0), 1, 0.5)).toBe(0);
  expect(retryPlan(busy(3_600_000), 1, 0.5)).toBeNull();
  expect(retryPlan(busy(null), 1, 0.5)).toBe(1000);
});

test("what a person must mend is never tried again", () => {
  expect(retryPlan({ kind: "rejected", retryAfterMs: null }, 1, 0.5)).toBeNull();
});

test.each([
  ["3", 3000],
  ["0.5", 500],
  ["Wed, 04 Nov 2026 10:00:05 GMT", 5000],
  ["Wed, 04 Nov 2026 09:00:00 GMT", 0],
  ["soon", null],
  [null, null],
])("Retry-After %j means %j ms", (header, wait) => {
  expect(retryAfterMs(header, new Date("2026-11-04T10:00:00Z"))).toBe(wait);
});

test("a sealed key opens with its secret alone, and no two seals are equal", () => {
  const sealed = seal("sk-teacup", "a".repeat(40));

  expect(sealed).not.toContain("sk-teacup");
  expect(seal("sk-teacup", "a".repeat(40))).not.toBe(sealed);
  expect(unseal(sealed, "a".repeat(40))).toBe("sk-teacup");
  expect(unseal(sealed, "b".repeat(40))).toBeNull();
});
