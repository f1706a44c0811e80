import { expect, test } from "vitest";
import { drawnByExactly, drawnByWords } from "@/app/(lab)/p/[project]/_generators/drawn-by-words";

const moce = { name: "moce", version: "1", mode: "per_image" };
const world = { name: "Tiny World: generator", revision: "F1+F2, seed 0" };
const sdxl = { name: "sdxl", revision: "462165984030d82259a11f4367a4eed129e94a7b" };

test.each([
  ["Drawn by MoCE, its step searched for each image, on Tiny World", moce, world],
  ["Drawn by MoCE, at a known step, on sdxl", { ...moce, mode: "known" }, sdxl],
  ["Drawn by the plain model, on sdxl", { name: "plain", version: "1", mode: "plain" }, sdxl],
  [
    "Drawn by my method, best of 4, on sdxl",
    { name: "my_method", version: "2", mode: "best of 4" },
    sdxl,
  ],
])("who drew an image is told in words: %s", (words, method, model) => {
  expect(drawnByWords({ method, model })).toBe(words);
});

test("the exact names stay reachable: a commit is shortened, and a model's revision in words stays whole", () => {
  expect(drawnByExactly({ method: moce, model: sdxl })).toBe(
    "moce, version 1 (per_image), on sdxl at 462165984030",
  );
  expect(drawnByExactly({ method: moce, model: world })).toBe(
    "moce, version 1 (per_image), on Tiny World: generator at F1+F2, seed 0",
  );
});

test("of what no answer told nothing is said", () => {
  expect(drawnByWords({ method: null, model: sdxl })).toBeNull();
  expect(drawnByExactly({ method: moce, model: null })).toBeUndefined();
});
