// @vitest-environment jsdom
import { expect, test } from "vitest";
import { differsWords } from "@/app/(lab)/p/[project]/compare/_compare/differs-words";
import { SetupNote } from "@/app/(lab)/p/[project]/compare/_compare/setup-note";
import { type Setup, setupDifferences } from "@/server/comparison/domain/setup-differences";
import type { Comparison } from "@/server/comparison/show-comparison";
import { renderPart } from "@/tests/support/render";

const MODEL = { name: "sdxl", revision: "4621" };
const PARAMETERS = {
  steps: 40,
  guidance_scale: 5,
  width: 1024,
  height: 1024,
  scheduler: "",
  negative_prompt: "",
  method_params: { window: 3 },
};
const BASELINE: Setup = { model: MODEL, parameters: PARAMETERS };
const wordsFor = (change: object, model: Setup["model"] = MODEL, baseline = BASELINE) =>
  differsWords(setupDifferences(baseline, { model, parameters: { ...PARAMETERS, ...change } }));

test("a method with the baseline's model and settings is said to have them, whatever its own parameters", () => {
  expect(wordsFor({ method_params: { window: 9 } })).toBe(
    "Same model, steps, guidance, size, scheduler and negative prompt as the baseline.",
  );
});

test.each([
  [{ steps: 30 }, "steps 30 instead of 40"],
  [{ guidance_scale: 7.5 }, "guidance 7.5 instead of 5"],
  [{ width: 512 }, "size 512 × 1024 instead of 1024 × 1024"],
  [{ scheduler: "ddim" }, "scheduler ddim instead of the endpoint's own"],
  [{ negative_prompt: "blur" }, "negative prompt “blur” instead of none"],
])("a difference of %j is named", (change, words) => {
  expect(wordsFor(change)).toBe(`Differs from the baseline beside its method: ${words}.`);
});

test("another model, or another revision of it, is named; one that nobody told of is no equal one", () => {
  expect(wordsFor({}, { name: "sd-1.5", revision: "4621" })).toContain(
    "model sd-1.5 at 4621 instead of sdxl at 4621",
  );
  expect(wordsFor({}, { name: "sdxl", revision: "77" })).toContain("model sdxl at 77 instead");
  expect(wordsFor({}, null)).toBe(
    "Whether it has the baseline's model shows with the next image of this method.",
  );
  expect(wordsFor({}, null, { ...BASELINE, model: null })).toContain("image of both");
});

test("of one name and revision, other weights are named: a LoRA, another type, a folder that is called alike", () => {
  const [a, b] = ["a".repeat(64), "b".repeat(64)];
  const words = (own: string | null, baseline: string | null = a) =>
    differsWords(
      setupDifferences({ ...BASELINE, weightsHash: baseline }, { ...BASELINE, weightsHash: own }),
    );
  expect(words(b)).toBe(
    `Differs from the baseline beside its method: weights ${"b".repeat(12)} instead of ${"a".repeat(12)}.`,
  );
  // A search's hash names its scorer behind that of the model.
  expect(words(`${a}+${b}`)).toMatch(/^Same model/);
  expect(words(null)).toMatch(/^Same model/);
  expect(wordsFor({}, { name: "sd-1.5", revision: "4621" })).not.toContain("weights");
});

test("a comparison says of each method, and not of the baseline, what else is different", async () => {
  const one = (name: string, isBaseline: boolean, own: Setup) =>
    ({
      revisionId: name,
      name,
      number: 1,
      isBaseline,
      differs: setupDifferences(BASELINE, own),
    }) as Comparison["generators"][number];
  const place = await renderPart(
    <SetupNote
      generators={[
        one("SDXL", true, BASELINE),
        one("MoCE", false, BASELINE),
        one("A-E", false, { ...BASELINE, parameters: { ...PARAMETERS, steps: 50 } }),
        one("New", false, { ...BASELINE, model: null }),
      ]}
    />,
  );

  expect([...place.querySelectorAll("li")].map((line) => line.textContent)).toEqual([
    "MoCE, revision 1: Same model, steps, guidance, size, scheduler and negative prompt as the baseline.",
    "A-E, revision 1: Differs from the baseline beside its method: steps 50 instead of 40.",
    "New, revision 1: Whether it has the baseline's model shows with the next image of this method.",
  ]);
  // What only nobody can know yet is no warning.
  expect([...place.querySelectorAll(".text-warn")].map((line) => line.textContent)).toEqual([
    expect.stringMatching(/^A-E/),
  ]);
});
