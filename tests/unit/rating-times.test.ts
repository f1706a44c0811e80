import { expect, test } from "vitest";
import { countUntil, pauseAt } from "@/server/rating/domain/active-time";
import { resendDelay, resendPlan } from "@/server/rating/domain/resend-plan";

const STARTED = { ms: 0, lastAt: 1000 };

test("time counts between signs of the rater, and stops after a minute without any", () => {
  expect(countUntil(STARTED, 31_000).ms).toBe(30_000);
  expect(countUntil(STARTED, 601_000).ms).toBe(60_000);
});

test("time out of sight does not count", () => {
  const hidden = pauseAt(STARTED, 5000);

  expect(countUntil(hidden, 90_000)).toEqual({ ms: 4000, lastAt: 90_000 });
});

test("a clock set back takes nothing away", () => {
  expect(countUntil(STARTED, 0).ms).toBe(0);
});

test("an outage is tried again, a lost session asks to sign in, a refusal gives up, wrong input is told apart", () => {
  expect(
    [undefined, 500, 503, 429, 401, 404, 409, 400].map((httpStatus) => resendPlan({ httpStatus })),
  ).toEqual(["again", "again", "again", "again", "signIn", "refused", "refused", "wrong"]);
});

test("waiting doubles up to half a minute and is spread", () => {
  expect([1, 2, 3, 10].map((failures) => resendDelay(failures, 1))).toEqual([
    1000, 2000, 4000, 30_000,
  ]);
  expect(resendDelay(1, 0)).toBe(500);
});
