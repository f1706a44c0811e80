import { expect, test } from "vitest";
import { type PatternStanding, planSteps } from "@/server/loop/domain/plan-steps";

const NOTHING: PatternStanding = {
  proposed: 0,
  stages: { prompts: 0, precheck: 0, quick_look: 0, grid: 0, rating: 0 },
  unasked: 0,
  givenUp: 0,
  prompted: 0,
  stopped: 0,
  openBatch: null,
  saturation: null,
  asks: new Set(),
  isPhase3Open: false,
};
const at = (stages: Partial<PatternStanding["stages"]>) => ({ ...NOTHING.stages, ...stages });
const kinds = (standing: Partial<PatternStanding>) =>
  planSteps({ ...NOTHING, ...standing }).waits.map(({ kind }) => kind);
const actions = (standing: Partial<PatternStanding>) =>
  planSteps({ ...NOTHING, ...standing }).actions;

test("a pattern with nothing under way asks for its next batch", () => {
  expect(actions({})).toEqual(["propose"]);
});

test("no batch is asked for before every pair of the last one has its Level", () => {
  expect(actions({ openBatch: "running" })).toEqual([]);
  expect(actions({ proposed: 1 })).toEqual([]);
  for (const stage of ["prompts", "precheck", "quick_look", "grid", "rating"] as const)
    expect(actions({ stages: at({ [stage]: 1 }) })).not.toContain("propose");
});

test("each step is taken at once, or asked about when the pattern says so", () => {
  const standing = { stages: at({ prompts: 3, grid: 1 }), unasked: 1, prompted: 2 };

  expect(actions(standing)).toEqual(["prompts", "precheck", "grid"]);
  expect(actions({ ...standing, asks: new Set(["precheck", "grid"]) })).toEqual(["prompts"]);
  expect(kinds({ ...standing, asks: new Set(["precheck", "grid"]) })).toEqual(["precheck", "grid"]);
});

test("people are waited for where only they can decide", () => {
  expect(kinds({ proposed: 2, stages: at({ quick_look: 1, rating: 4 }) })).toEqual([
    "review",
    "quick_look",
    "rating",
  ]);
});

test("a dry pattern is asked once more in another way, and then rests", () => {
  const dry = { isDry: true, isConfirmed: false, reason: "6 of 20 were new" };

  expect(actions({ saturation: dry })).toEqual(["retest"]);
  expect(planSteps({ ...NOTHING, saturation: { ...dry, isConfirmed: true } })).toEqual({
    actions: [],
    waits: [{ kind: "saturation", reason: "6 of 20 were new" }],
  });
});

test("pairs whose run a person cancelled are a person's to have drawn, also where the pattern does not ask", () => {
  const standing = { stages: at({ grid: 3 }), stopped: 2 };

  expect(planSteps({ ...NOTHING, ...standing })).toEqual({
    actions: ["grid"],
    waits: [{ kind: "grid", reason: "2 pairs whose run was cancelled: draw 20 images of each?" }],
  });
  expect(actions({ ...standing, stages: at({ grid: 2 }) })).toEqual([]);
});

test("prompts that a person gave up on are a person's to ask for, also where the pattern does not ask", () => {
  const standing = { stages: at({ prompts: 3 }), unasked: 1, givenUp: 2 };

  expect(actions(standing)).toEqual(["prompts"]);
  expect(planSteps({ ...NOTHING, ...standing }).waits).toEqual([
    { kind: "prompts", reason: "2 pairs with prompts given up: have them written?" },
  ]);
});

test("a pattern that is surely dry waits for phase 3, and for nobody once that is open", () => {
  const saturation = { isDry: true, isConfirmed: true, reason: "Dry" };

  expect(kinds({ saturation })).toEqual(["saturation"]);
  expect(kinds({ saturation, isPhase3Open: true })).toEqual([]);
  expect(actions({ saturation, isPhase3Open: true })).toEqual([]);
});
