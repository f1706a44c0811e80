import { expect, test } from "vitest";
import { drawnByWords } from "@/app/(lab)/p/[project]/_generators/drawn-by-words";

const method = { name: "moce", version: "1", mode: "per_image" };

test("a commit is shortened, and a model's revision in words stays whole", () => {
  const by = (name: string, revision: string) =>
    drawnByWords({ method, model: { name, revision } });

  expect(by("sdxl", "462165984030d82259a11f4367a4eed129e94a7b")).toBe(
    "Drawn by moce, version 1 (per_image), on sdxl at 462165984030",
  );
  expect(by("Tiny World: generator", "F1+F2, seed 0")).toBe(
    "Drawn by moce, version 1 (per_image), on Tiny World: generator at F1+F2, seed 0",
  );
});
