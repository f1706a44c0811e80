import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { scoringIn } from "@/gpu-bridge/bridge/read-scores";
import { checkEndpoint } from "@/gpu-bridge/contract/conformance";
import { checkScorers } from "@/gpu-bridge/contract/conformance-scores";
import { readOffer } from "@/gpu-bridge/contract/offer";
import { HealthCheck, Prediction, RenderOutput } from "@/gpu-bridge/contract/schemas";
import { ScoreOutput } from "@/gpu-bridge/contract/score-schemas";
import { drawnBy, predict, put, type Served, serve, startTinyWorld } from "../support/tiny-world";

// Networks run here, on a machine that may have other work.
vi.setConfig({ testTimeout: 120_000 });

let world: Served;
beforeAll(async () => {
  world = await startTinyWorld();
});
afterAll(() => world.close());

const METHODS = ["plain", "moce", "concept-diffusion"];

test.each(METHODS)("the Tiny World keeps the contract at /%s", async (base) => {
  const options = { width: 64, height: 64, extra: { steps: 4 } };
  const checks = await checkEndpoint(`${world.url}/${base}`, options);

  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});

test("its oracle keeps the contract of an endpoint that scores", async () => {
  const checks = await checkScorers(`${world.url}/oracle`, ["oracle"], `${world.url}/plain/`);

  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});

test("its oracle judges unasked what each of its methods draws, by the name in their answers", async () => {
  const scoring = scoringIn(await (await fetch(`${world.url}/oracle/openapi.json`)).json());
  expect(scoring?.scorers).toEqual(["oracle"]);
  for (const base of METHODS) {
    const { model } = await drawnBy(`${world.url}/${base}`, `named-${base}`, { seeds: [1] });
    expect(scoring?.judges).toEqual([model.name]);
  }
});

test.each(METHODS)("a bridge reads from /%s which method it is and what it takes", async (base) => {
  const described = await (await fetch(`${world.url}/${base}/openapi.json`)).json();
  const offer = readOffer(described, null);

  expect(offer?.methods.map(({ name }) => name)).toEqual([base.replace("-", "_")]);
  expect(offer?.methods[0]?.plan).toMatchObject({ guided: true, backwards: 0 });
  expect(offer?.note).toContain("need gradients, which only the Python endpoints have");
  expect(described["x-teacup"].vocabulary.concepts).toContain("iced coke");
  expect(described["x-teacup"].vocabulary.words).toEqual(expect.arrayContaining(["iced", "coke"]));
});

test("plain counts two rows a step, and one without guidance", async () => {
  const url = `${world.url}/plain`;
  const guided = RenderOutput.parse(await drawnBy(url, "guided"));
  const single = RenderOutput.parse(await drawnBy(url, "single", { guidance_scale: 1 }));

  expect([guided.evals, single.evals]).toEqual([8, 4]);
});

test("MoCE counts what its search visited, each step of each image once", async () => {
  const input = { steps: 20, method_params: { delta: 0, tau: 1e9 }, seeds: [5] };
  const { evals, trace } = await drawnBy(`${world.url}/moce`, "search", input);
  const [told] = trace.images as { visited: { step: number; kept?: true }[] }[];
  const steps = told?.visited.map(({ step }) => step) ?? [];

  expect(steps.length).toBeGreaterThan(1);
  expect(new Set(steps).size).toBe(steps.length);
  expect(told?.visited.filter(({ kept }) => kept)).toHaveLength(1);
  const cost = Math.max(...steps) + steps.reduce((sum, step) => sum + 20 - step, 0);
  expect(evals).toBe(2 * cost);
});

test("MoCE that switches before the first step is plain, to the byte", async () => {
  const plain = await drawnBy(`${world.url}/plain`, "whole");
  const input = { method_params: { known_step: 0 } };
  const switched = await drawnBy(`${world.url}/moce`, "at-0", input);

  expect(switched.images).toEqual(plain.images);
  expect(switched.evals).toBe(plain.evals);
});

test("MoCE that switches after the last step draws its first concept alone", async () => {
  const alone = await drawnBy(`${world.url}/plain`, "alone", { prompt: "tea cup" });
  const input = { method_params: { known_step: 4 } };
  const switched = await drawnBy(`${world.url}/moce`, "at-4", input);

  expect(switched.images).toEqual(alone.images);
});

test("ConceptDiffusion with a scale of 0 is plain, to the byte, and costs as much", async () => {
  const plain = await drawnBy(`${world.url}/plain`, "whole");
  const input = { method_params: { concept_scale: 0 } };
  const off = await drawnBy(`${world.url}/concept-diffusion`, "off", input);

  expect([off.images, off.evals]).toEqual([plain.images, plain.evals]);
});

test("ConceptDiffusion counts a row for null, prompt and each subject", async () => {
  const drawn = await drawnBy(`${world.url}/concept-diffusion`, "acts");
  const { images } = drawn.trace as { images: { cosines: Record<string, number[]> }[] };

  expect(drawn.evals).toBe(4 * (2 + 2));
  expect(Object.keys(images[0]?.cosines ?? {})).toEqual(["iced coke", "tea cup"]);
  expect(images[0]?.cosines["tea cup"]).toHaveLength(4);
});

test("a prompt of unknown words and emoji is drawn, and the words are named once each", async () => {
  const prompt = "a samovar ☃ of iced coke, Samovar 🍵";
  const { trace } = await drawnBy(`${world.url}/plain`, "unknown", { prompt });

  expect(trace.unknown_tokens).toEqual(["samovar", "☃", "🍵"]);
});

test("a prompt behind its 24 tokens is cut, and what was cut is told", async () => {
  const prompt = Array(6).fill("a tea cup of iced coke").join(" ");
  const { trace } = await drawnBy(`${world.url}/plain`, "long", { prompt });

  expect(trace.truncated).toEqual({
    [prompt]: "iced coke a tea cup of iced coke a tea cup of iced coke",
  });
});

test("the oracle sees what was drawn, and abstains on what it has not learnt", async () => {
  const input = { prompt: "a jungle", steps: 10, seeds: [1, 2, 3, 4] };
  const { images } = await drawnBy(`${world.url}/plain`, "jungles", input);
  // No picture of an apple, of a family that is not learnt, was ever shown to it.
  const texts = ["jungle", "tea cup", "a samovar", "an apple"];
  const response = await fetch(`${world.url}/oracle/predictions/judged`, {
    method: "PUT",
    body: JSON.stringify({ input: { images, scores: [{ scorer: "oracle", texts }] } }),
  });
  const { scores } = ScoreOutput.parse(Prediction.parse(await response.json()).output);
  const values = scores[0]?.values ?? [];
  const seen = (text: number) => values.filter((row) => (row[text] ?? 0) >= 0.5).length;

  expect(seen(0)).toBeGreaterThanOrEqual(3);
  expect(seen(1)).toBe(0);
  expect(values.map((row) => row.slice(2))).toEqual(Array(4).fill([-1, -1]));
});

test.each([
  ["an empty prompt", { prompt: "  " }],
  ["a prompt of 100,000 characters", { prompt: "tea ".repeat(25_000) }],
  ["no seed", { seeds: [] }],
  ["65 seeds", { seeds: Array.from({ length: 65 }, (_, seed) => seed) }],
  ["a negative seed", { seeds: [-1] }],
  ["a seed of 2^31", { seeds: [2 ** 31] }],
  ["a seed and a half", { seeds: [1.5] }],
  ["no step", { steps: 0 }],
  ["a field that the contract does not have", { seed: 3 }],
])("%s is refused with 422 and a sentence", async (_what, input) => {
  const response = await put(`${world.url}/plain`, "bad", input);

  expect(response.status).toBe(422);
  expect((await response.json()).detail).toMatch(/^The input is wrong: /);
});

test.each([
  [
    "plain",
    { method_params: { strength: 1 } },
    "method_params.strength is not known here: the parameters are template, refiner_from.",
  ],
  ["plain", { width: 512 }, "input.width is 512: this model draws 64 x 64 pixels."],
  [
    "plain",
    { scheduler: "pndm" },
    "The scheduler 'pndm' is not known here: name one of euler, ddim.",
  ],
  [
    "plain",
    { method_params: { refiner_from: 2 } },
    "This endpoint has no refiner: leave method_params.refiner_from empty.",
  ],
  ["moce", { concepts: [] }, "MoCE needs 2 concepts in drawing order: 0 came."],
  [
    "moce",
    { concepts: [{ text: "Tea cup" }, { text: "tea cup " }] },
    "The concept 'tea cup' is named twice: there is nothing to tell apart.",
  ],
  [
    "moce",
    { method_params: { scorer: "imagereward" } },
    "This endpoint has no scorer 'imagereward': it has clipscore.",
  ],
  [
    "concept-diffusion",
    { guidance_scale: 1 },
    "ConceptDiffusion steers against the null prompt, and a guidance_scale of 1 has none: give more than 1.",
  ],
])("%s with %o fails for good, in a sentence", async (base, input, error) => {
  const prediction = await predict(`${world.url}/${base}`, "wrong", input);

  expect(prediction).toMatchObject({ status: "failed", permanent: true, error });
});

test("an address that is no endpoint's is answered with 404", async () => {
  const response = await put(`${world.url}/decorrelation`, "stranger", {});

  expect(response.status).toBe(404);
});

test("two predictions at once make what each makes alone; a third is told to come again", async () => {
  const url = `${world.url}/plain`;
  const seeds = Array.from({ length: 16 }, (_, seed) => seed);
  const alone = [await drawnBy(url, "a", { seeds }), await drawnBy(url, "b", { seeds: [9, 1] })];
  const together = [drawnBy(url, "c", { seeds }), drawnBy(url, "d", { seeds: [9, 1] })];
  const health = async () =>
    HealthCheck.parse(await (await fetch(`${url}/health-check`)).json()).status;
  await expect.poll(health, { timeout: 20_000 }).toBe("BUSY");
  const third = await put(url, "e", {});

  expect(third.status).toBe(409);
  for (const [at, drawn] of (await Promise.all(together)).entries()) {
    expect(drawn.images).toEqual(alone[at]?.images);
    expect(drawn.evals).toBe(8);
  }
});

test("until it is set up it says STARTING and answers 503", async () => {
  const early = await serve(() => "starting");
  const health = await (await fetch(`${early.url}/moce/health-check`)).json();
  const answer = await put(`${early.url}/moce`, "early", {});
  early.close();

  expect(health).toEqual({ status: "STARTING" });
  expect(answer.status).toBe(503);
});
