import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { JSON_SCHEMAS } from "@/gpu-bridge/contract/json-schemas";
import {
  failureOf,
  HealthCheck,
  Prediction,
  PredictionRequest,
  Refusal,
  RenderInput,
  RenderOutput,
} from "@/gpu-bridge/contract/schemas";
import { ScoreInput, ScoreOutput } from "@/gpu-bridge/contract/score-schemas";
import { TagInput, TagOutput } from "@/gpu-bridge/contract/tag-schemas";

const FOLDER = "gpu-bridge/contract";
const read = (path: string): unknown => JSON.parse(readFileSync(join(FOLDER, path), "utf8"));

test("the JSON Schema files say what the code checks (npm run contract:write renews them)", () => {
  const files = readdirSync(join(FOLDER, "json-schema"));
  const written = Object.fromEntries(
    files.map((file) => [file.replace(".json", ""), read(`json-schema/${file}`)]),
  );

  expect(written).toEqual(JSON.parse(JSON.stringify(JSON_SCHEMAS)));
});

test("the golden request and answers keep the contract", () => {
  PredictionRequest.parse(read("golden/request.json"));
  const succeeded = Prediction.parse(read("golden/succeeded.json"));
  RenderOutput.parse(succeeded.output);
  ScoreInput.parse((read("golden/score-request.json") as { input: unknown }).input);
  ScoreOutput.parse(Prediction.parse(read("golden/score-succeeded.json")).output);
  TagInput.parse((read("golden/tag-request.json") as { input: unknown }).input);
  TagOutput.parse(Prediction.parse(read("golden/tag-succeeded.json")).output);
  Refusal.parse(read("golden/refused.json"));
  HealthCheck.parse(read("golden/health.json"));

  expect(failureOf(Prediction.parse(read("golden/failed.json")))).toEqual({
    message: "the scheduler 'made-up' is not known",
    permanent: true,
  });
});

test("a failure is worth a retry unless the endpoint says otherwise", () => {
  const failed = { status: "failed", error: "out of memory" } as const;

  expect(failureOf(failed)).toEqual({ message: "out of memory", permanent: false });
  expect(failureOf({ ...failed, permanent: true }).permanent).toBe(true);
  expect(failureOf({ status: "failed" }).message).toBe("the endpoint gave no reason");
});

test("the words that Cog puts before an error are not the endpoint's", () => {
  const cog = "Prediction failed: Prediction failed: RuntimeError: ";

  expect(failureOf({ status: "failed", error: `${cog}permanent: the width is odd` })).toEqual({
    message: "the width is odd",
    permanent: true,
  });
  expect(failureOf({ status: "failed", error: `${cog}out of memory` })).toEqual({
    message: "out of memory",
    permanent: false,
  });
});

const good = { prompt: "a tea cup", seeds: [0, 2 ** 31 - 1], width: 512, height: 512 };

test.each([
  ["no seeds", { seeds: [] }],
  ["65 seeds", { seeds: Array.from({ length: 65 }, (_, seed) => seed) }],
  ["a seed of 2^31", { seeds: [2 ** 31] }],
  ["a seed that is not whole", { seeds: [1.5] }],
  ["an empty prompt", { prompt: " " }],
  ["a width of 32", { width: 32 }],
  ["an unknown field", { seed: 1 }],
])("a request with %s is not of the contract", (_what, change) => {
  expect(RenderInput.safeParse(good).success).toBe(true);
  expect(RenderInput.safeParse({ ...good, ...change }).success).toBe(false);
});
