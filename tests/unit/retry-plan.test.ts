import { expect, test } from "vitest";
import { retryPlan } from "@/server/generation/domain/retry-plan";

test("a busy endpoint costs no attempt, however often it is busy", () => {
  expect(retryPlan("busy", 4, 0)).toMatchObject({ retry: true, failures: 4 });
});

test("what would fail again is never retried", () => {
  expect(retryPlan("permanent", 0, 0)).toEqual({ retry: false, failures: 1 });
  expect(retryPlan("outdated", 0, 0)).toEqual({ retry: false, failures: 1 });
});

test("waits double with jitter between a half and the whole, up to two minutes", () => {
  const waits = [0, 1, 2, 3].map((failures) => [
    retryPlan("retryable", failures, 0),
    retryPlan("retryable", failures, 0.999),
  ]);

  expect(
    waits.map(([low, high]) => [low, high].map((plan) => plan?.retry && plan.afterMs)),
  ).toEqual([
    [1000, 1999],
    [2000, 3998],
    [4000, 7996],
    [8000, 15992],
  ]);
});

test("the fifth failure is the last", () => {
  expect(retryPlan("retryable", 3, 0).retry).toBe(true);
  expect(retryPlan("retryable", 4, 0)).toEqual({ retry: false, failures: 5 });
});
