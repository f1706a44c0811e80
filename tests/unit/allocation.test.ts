import { describe, expect, test } from "vitest";
import {
  type Arm,
  allocate,
  capOf,
  PATTERN_FLOOR,
} from "@/server/mining/domain/allocation/allocate";
import { posteriorOf, priorOf } from "@/server/mining/domain/allocation/beta-prior";
import { drawBeta, drawGamma, drawNormal } from "@/server/mining/domain/allocation/draw-beta";
import { minutesPerPair } from "@/server/mining/domain/allocation/minutes-per-pair";
import { reasonOf } from "@/server/mining/domain/allocation/reason-of";
import { seededDraws } from "@/server/mining/domain/random";

const arm = (patternId: string, change: Partial<Arm> = {}): Arm => ({
  patternId,
  strategy: "direct",
  rated: 20,
  found: 8,
  minutes: 20,
  underWay: 0,
  isOpen: true,
  ...change,
});
const plan = { batches: 4, batchSize: 20, budget: 1000 };

function momentsOf(draw: () => number, n = 40_000) {
  const drawn = Array.from({ length: n }, draw);
  const mean = drawn.reduce((sum, x) => sum + x, 0) / n;
  return { mean, variance: drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1) };
}

describe("draws", () => {
  test.each([0.3, 1, 2.5, 40])("of a gamma of shape %d have its mean and variance", (shape) => {
    const draw = seededDraws(1);
    const { mean, variance } = momentsOf(() => drawGamma(draw, shape));
    expect(mean / shape).toBeCloseTo(1, 1);
    expect(variance / shape).toBeCloseTo(1, 1);
  });

  test.each([
    [0.6, 5.4],
    [2, 3],
    [12, 14],
  ])("of a Beta(%d, %d) have its mean and variance", (a, b) => {
    const draw = seededDraws(2);
    const { mean, variance } = momentsOf(() => drawBeta(draw, a, b));
    expect(mean).toBeCloseTo(a / (a + b), 2);
    expect(variance).toBeCloseTo((a * b) / ((a + b) ** 2 * (a + b + 1)), 3);
  });

  test("of a standard normal have mean 0 and variance 1", () => {
    const draw = seededDraws(3);
    const { mean, variance } = momentsOf(() => drawNormal(draw));
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
  });

  test("are equal for equal seeds", () => {
    expect(drawBeta(seededDraws(9), 2, 5)).toBe(drawBeta(seededDraws(9), 2, 5));
  });
});

test("the prior is the mean of all patterns at the strength of six pairs", () => {
  const prior = priorOf([
    arm("one", { rated: 20, found: 15 }),
    arm("two", { rated: 18, found: 4 }),
  ]);
  expect(prior.a + prior.b).toBeCloseTo(6, 10);
  expect(prior.a / 6).toBeCloseTo(20 / 40, 10);
  expect(posteriorOf(prior, { rated: 10, found: 4 })).toEqual({ a: 7, b: 9 });
  expect(priorOf([])).toEqual({ a: 3, b: 3 });
});

test("an arm's minutes lean on all arms' mean until it has its own", () => {
  const cheap = { rated: 60, minutes: 30 };
  const dear = { rated: 20, minutes: 50 };
  expect(minutesPerPair({ rated: 0, minutes: 0 }, [cheap, dear])).toBe(1);
  expect(minutesPerPair(dear, [cheap, dear])).toBeCloseTo(56 / 26, 10);
  expect(minutesPerPair({ rated: 5, minutes: 0 }, [{ rated: 5, minutes: 0 }])).toBeLessThan(1);
});

describe("batches", () => {
  test("go to patterns with too few pairs first, ten pairs each", () => {
    const arms = [arm("good", { found: 20 }), arm("new", { rated: 0, found: 0, minutes: 0 })];
    const [first, ...others] = allocate(arms, plan, seededDraws(4));
    expect(first).toEqual({
      patternId: "new",
      strategy: "direct",
      pairs: PATTERN_FLOOR,
      draw: null,
    });
    expect(others.every(({ draw }) => draw !== null)).toBe(true);
  });

  test("count what is under way, typed or asked by the other strategy towards the floor", () => {
    const empty = { rated: 0, found: 0, minutes: 0 };
    const arms = [
      arm("running", { ...empty, underWay: 10 }),
      arm("typed", empty),
      arm("other", { rated: 10, found: 1 }),
      arm("other", { ...empty, strategy: "two_sets" }),
    ];
    const drawn = allocate(arms, { ...plan, typed: { typed: 12 } }, seededDraws(5));
    expect(drawn.every(({ draw }) => draw !== null)).toBe(true);
  });

  test("go mostly to the arm that finds most per rater minute", () => {
    const arms = [
      arm("poor", { rated: 40, found: 2, minutes: 40 }),
      arm("rich", { rated: 40, found: 30, minutes: 40 }),
      arm("dear", { rated: 40, found: 30, minutes: 160 }),
    ];
    const many = { batches: 200, batchSize: 1, budget: 100_000 };
    const counts = Map.groupBy(allocate(arms, many, seededDraws(6)), (one) => one.patternId);
    expect(counts.get("rich")!.length).toBeGreaterThan(180);
  });

  test("never take an arm past max(30 %, 1.5 / arms) of the budget by more than a batch", () => {
    const arms = ["a", "b", "c", "d", "e", "f"].map((id, at) =>
      arm(id, { rated: 20, found: at === 0 ? 20 : 1 }),
    );
    const budget = 400;
    const cap = capOf(arms.length, budget);
    expect(cap).toBe(0.3 * budget);
    expect(capOf(2, budget)).toBe(0.75 * budget);
    const all = allocate(arms, { batches: 14, batchSize: 20, budget }, seededDraws(7));
    const taken = all.filter(({ patternId }) => patternId === "a");
    expect(taken).toHaveLength(Math.ceil((cap - 20) / 20));
  });

  test("never go to an arm that is closed, whose finds still tell of the others", () => {
    const arms = [arm("dry", { isOpen: false, found: 20 }), arm("open", { found: 1 })];
    const all = allocate(arms, plan, seededDraws(8));
    expect(new Set(all.map(({ patternId }) => patternId))).toEqual(new Set(["open"]));
  });

  test("are equal for equal seeds, and none when there is no arm", () => {
    const arms = [arm("one"), arm("two")];
    expect(allocate(arms, plan, seededDraws(8))).toEqual(allocate(arms, plan, seededDraws(8)));
    expect(allocate([], plan, seededDraws(8))).toEqual([]);
  });
});

test("a suggestion says why in figures that can be checked", () => {
  const timed = arm("one", { rated: 20, found: 12, minutes: 28 });
  expect(reasonOf({ draw: 0.4 }, timed)).toBe("12 of 20 at Level 5, 1.4 rater minutes each");
  expect(reasonOf({ draw: 0.4 }, { ...timed, minutes: 0 })).toBe("12 of 20 at Level 5");
  expect(reasonOf({ draw: null }, { ...timed, rated: 3 })).toBe(
    "Only 3 rated: every pattern gets 10",
  );
});
