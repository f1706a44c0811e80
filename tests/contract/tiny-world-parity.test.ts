import { beforeAll, describe, expect, test } from "vitest";
import type { Ask, Easel, Method, Scorer } from "@/gpu-bridge/local/engine/asking";
import { makeClipScore } from "@/gpu-bridge/local/engine/clipscore";
import { readEndpointFile } from "@/gpu-bridge/local/engine/endpoint-file";
import { CONCEPT_DIFFUSION } from "@/gpu-bridge/local/engine/methods/concept-diffusion";
import { MOCE } from "@/gpu-bridge/local/engine/methods/moce";
import { PLAIN } from "@/gpu-bridge/local/engine/methods/plain";
import { type Model, makeModel } from "@/gpu-bridge/local/engine/model";
import { openModelFolder } from "@/gpu-bridge/local/engine/model-folder";
import { openNetworks } from "@/gpu-bridge/local/engine/networks";
import { type Parameters, readParameters } from "@/gpu-bridge/local/engine/parameters";
import { makeSampler } from "@/gpu-bridge/local/engine/samplers";
import { SchedulerConfig } from "@/gpu-bridge/local/engine/schedule";
import { Marks, makeTokenizer, WordTokenizer } from "@/gpu-bridge/local/engine/tokenizer";
import { TINY_WORLD } from "../support/tiny-world";
import { readTraces } from "../support/torch-traces";

// What torch computed of the same weights, step by step (`teacup-testbed traces`), on a processor without
// AVX-512: whatever instructions onnxruntime finds here, they have to draw the same.
const traces = readTraces("gpu-bridge/testbed/traces");
const METHODS = { plain: PLAIN, moce: MOCE, concept_diffusion: CONCEPT_DIFFUSION };

let model: Model;
let scorer: Scorer;
let scheduler: SchedulerConfig;
beforeAll(async () => {
  const folder = await openModelFolder(TINY_WORLD);
  const networks = await openNetworks(folder, 1);
  const tokenize = makeTokenizer(
    folder.jsonOf("generator/tokenizer/tokenizer.json", WordTokenizer),
    folder.jsonOf("generator/tokenizer/tokenizer_config.json", Marks),
  );
  scheduler = folder.jsonOf("generator/scheduler/scheduler_config.json", SchedulerConfig);
  const generator = { networks, tokenize, kept: new Map() };
  model = makeModel(generator, new AbortController().signal);
  const { clipscore } = readEndpointFile(folder, "moce.toml").scorer;
  const about = { name: "dual", revision: "1", weights_hash: "0", files: {} };
  scorer = makeClipScore(folder, networks, clipscore!, about);
});

test("the traces are of the weights that are committed", async () => {
  const { about } = await openModelFolder(TINY_WORLD);

  for (const [name, hash] of Object.entries(traces.about.weights)) {
    expect(about.files[name], name).toBe(hash);
  }
});

test.each(Object.keys(traces.about.tokens))("'%s' is encoded as in torch", async (text) => {
  const [told] = traces.rows(`text/${text}`, 0);

  expect(furthest(await model.encode(text), told!)).toBeLessThan(1e-4);
});

describe.each(traces.about.runs)("$name", (run) => {
  const seeds = traces.about.seeds;
  let easel: Easel;
  let ways: Float32Array[][];
  let drawn: Awaited<ReturnType<Method<Parameters>["run"]>>;
  beforeAll(async () => {
    const ask: Ask = {
      prompt: traces.about.prompt,
      seeds,
      steps: traces.about.steps,
      guidance: traces.about.guidance_scale,
      negative: null,
      scheduler: run.scheduler,
      concepts: traces.about.concepts.map((text) => ({ text, description: null })),
    };
    const sampler = makeSampler(run.scheduler, scheduler, ask.steps);
    const before = new Map<Float32Array, Float32Array>();
    const listening = {
      ...sampler,
      advance: (x: Float32Array, v: Float32Array, i: number) => {
        const after = sampler.advance(x, v, i);
        before.set(after, x);
        return after;
      },
    };
    easel = { model, sampler: listening, scorer, signal: new AbortController().signal };
    const method = METHODS[run.method] as unknown as Method<Parameters>;
    drawn = await method.run(easel, ask, readParameters(method.parameters, run.parameters));
    ways = drawn.latents.map((latent) => wayTo(latent, before));
  });

  test("starts where torch starts, and is within 1e-4 of it after every step", () => {
    const told = traces.rows(`${run.name}/latents`, 2);
    for (const [image, way] of ways.entries()) {
      expect(way).toHaveLength(run.timesteps.length + 1);
      for (const [i, latent] of way.entries()) {
        // Of Euler's latents as the network sees them: they begin at 160.
        const scale = i < run.timesteps.length ? easel.sampler.scale(i) : 1;
        const apart = scale * furthest(latent, told[i * seeds.length + image]!);
        expect(apart, `image ${image}, step ${i}`).toBeLessThan(1e-4);
      }
    }
  });

  test("visits and keeps the same steps", () => {
    const visited = (images: readonly object[] = []) =>
      images.map((image) =>
        (image as { visited?: Visit[] }).visited?.map(({ step, kept }) => ({ step, kept })),
      );

    expect(visited(drawn.perImage)).toEqual(visited(run.images));
  });

  test("draws pictures that are torch's within a grey level on 99.9 % of the pixels", async () => {
    const pictures = drawn.pictures ?? (await model.decode(drawn.latents));
    const told = traces.bytes(`${run.name}/images`);
    const made = Buffer.concat(pictures.map(({ pixels }) => pixels));
    const far = made.filter((value, at) => Math.abs(value - told[at]!) > 1).length;

    expect(made).toHaveLength(told.length);
    expect(far / made.length).toBeLessThan(1e-3);
  });
});

type Visit = { step: number; kept?: true };

/** The latents that led to this one, from the start on. */
function wayTo(latent: Float32Array, before: ReadonlyMap<Float32Array, Float32Array>) {
  const way = [latent];
  for (let x = before.get(latent); x; x = before.get(x)) way.unshift(x);
  return way;
}

const furthest = (x: Float32Array, y: Float32Array) =>
  x.reduce((most, value, at) => Math.max(most, Math.abs(value - (y[at] ?? Number.NaN))), 0);
