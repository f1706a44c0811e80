import { readFileSync } from "node:fs";
import { Tokenizer } from "@huggingface/tokenizers";
import { expect, test } from "vitest";
import type { Method } from "@/gpu-bridge/local/engine/asking";
import { beginSearch, tell } from "@/gpu-bridge/local/engine/bisection";
import { describeMethod } from "@/gpu-bridge/local/engine/describe";
import { CONCEPT_DIFFUSION } from "@/gpu-bridge/local/engine/methods/concept-diffusion";
import { MOCE } from "@/gpu-bridge/local/engine/methods/moce";
import { PLAIN } from "@/gpu-bridge/local/engine/methods/plain";
import { nounPhrases } from "@/gpu-bridge/local/engine/noun-phrases";
import { type Parameters, readParameters } from "@/gpu-bridge/local/engine/parameters";
import { makeSampler } from "@/gpu-bridge/local/engine/samplers";
import { SchedulerConfig, trailing } from "@/gpu-bridge/local/engine/schedule";
import { steer } from "@/gpu-bridge/local/engine/steering";
import { Marks, makeTokenizer, WordTokenizer } from "@/gpu-bridge/local/engine/tokenizer";
import golden from "@/gpu-bridge/testbed/golden/engine.json";

// What Python and its libraries made (`teacup-testbed golden`).
const FOLDER = "gpu-bridge/testbed/tiny-world";
const read = (name: string): unknown => JSON.parse(readFileSync(`${FOLDER}/${name}`, "utf8"));
const config = SchedulerConfig.parse(read("generator/scheduler/scheduler_config.json"));

test.each(golden.samplers)("$name takes $steps steps as diffusers does", (told) => {
  const sampler = makeSampler(told.name as "ddim" | "euler", config, told.steps);
  expect(sampler.timesteps).toEqual(told.timesteps);
  let x: Float32Array = Float32Array.of(0.5, -1.25, 2, 0.01).map(
    (value) => value * sampler.initialSigma,
  );
  for (const i of sampler.timesteps.keys()) {
    const loudness = Math.max(1, ...told.states[i]!.map(Math.abs));
    closeTo(x, told.states[i]!, 1e-5 * loudness);
    closeTo(
      x.map((value) => value * sampler.scale(i)),
      told.seen[i]!,
      1e-5,
    );
    const v = Float32Array.from({ length: 4 }, (_, place) => Math.sin(1 + 3 * i + 7 * place));
    x = sampler.advance(x, v, i);
  }
  closeTo(x, told.states.at(-1)!, 1e-4);
});

test("every number of steps that may be asked for is as many as diffusers makes of it", () => {
  const counts = Array.from({ length: 1000 }, (_, at) => [at + 1, trailing(1000, at + 1).length]);
  const uneven = counts.filter(([steps, made]) => steps !== made);

  expect(Object.fromEntries(uneven)).toEqual(golden.steps);
});

test.each(golden.words)("the generator's tokenizer reads '$text' as Python's does", (told) => {
  const tokenize = makeTokenizer(
    WordTokenizer.parse(read("generator/tokenizer/tokenizer.json")),
    Marks.parse(read("generator/tokenizer/tokenizer_config.json")),
  );
  const { text, ...tokens } = told;

  expect(tokenize(text)).toEqual(tokens);
});

test.each(golden.pieces)("the dual encoder's tokenizer reads '$text' as Python's does", (told) => {
  const tokenizer = new Tokenizer(
    read("dual/tokenizer.json") as object,
    read("dual/tokenizer_config.json") as object,
  );

  expect(tokenizer.encode(told.text).ids).toEqual(told.ids);
});

test.each(golden.noun_phrases)("the noun phrases of '$prompt' are Python's", (told) => {
  expect(nounPhrases(told.prompt)).toEqual(told.phrases);
});

test.each(golden.searches)("a search of $steps steps visits $visited as Python's", (told) => {
  let search = beginSearch(told.steps, told.window, told.rounds);
  for (const [first = 0, second = 0] of told.told) {
    expect(search.kept).toBeNull();
    search = tell(search, first, second, told);
  }

  expect(search.visits.map(({ step }) => step)).toEqual(told.visited);
  expect(search.kept?.step).toBe(told.kept);
});

test.each(golden.steering)(
  "ConceptDiffusion steers as in torch ($projection, mask $mask)",
  (told) => {
    const rule = {
      etaSubject: 0.9,
      etaAbstract: 1,
      upperBound: told.upper,
      projection: told.projection as "sum" | "span",
      mask: told.mask,
    };
    const subjects = told.s.map((one) => Float32Array.from(one));
    const made = steer(Float32Array.from(told.p), subjects, rule, 2);

    closeTo([...made.cosines, made.abstract], told.cosines, 1e-5);
    closeTo(made.g, told.g, 1e-4);
  },
);

const METHODS = { plain: PLAIN, moce: MOCE, concept_diffusion: CONCEPT_DIFFUSION };
const methodNamed = (name: string) =>
  METHODS[name as keyof typeof METHODS] as unknown as Method<Parameters>;

test.each(Object.entries(golden.descriptions))("%s describes itself as in Python", (name, told) => {
  const clipscore = { path: "dual", dtype: "float32", prefix: "", weight: 2.5 } as const;
  const own = { ...clipscore, delta: null, tau: null };
  const made = describeMethod(
    methodNamed(name),
    {
      name: "golden",
      method: name as "plain",
      base: { path: "generator", dtype: "float32" },
      defaults: { steps: 20, guidance_scale: 5, negative_prompt: null, scheduler: null },
      method_params: {},
      scorer: name === "moce" ? { clipscore: own } : {},
    },
    { concepts: [], words: [] },
  );
  const { MethodParams, Settings } = made.components.schemas;

  expect(made["x-teacup"]).toMatchObject({ method: told.method });
  expect(MethodParams).toEqual(told.MethodParams);
  expect(Object.keys(MethodParams.properties)).toEqual(Object.keys(told.MethodParams.properties));
  // The samplers that it has are two of Python's five.
  const { scheduler, ...settings } = told.Settings.properties;
  const samplers = [{ type: "string", enum: ["euler", "ddim"] }, { type: "null" }];
  const side = { type: "integer", unit: "pixels", minimum: 64, maximum: 64, default: 64 };
  expect(Settings.properties).toEqual({
    width: { title: "Width", ...side },
    height: { title: "Height", ...side },
    ...settings,
    scheduler: { ...scheduler, anyOf: samplers },
  });
});

test.each(golden.refusals)(
  "$method refuses $given in Python's words",
  ({ method, given, error }) => {
    expect(() => readParameters(methodNamed(method).parameters, given)).toThrow(error);
  },
);

function closeTo(made: Iterable<number>, told: readonly number[], within: number) {
  const values = [...made];
  expect(values).toHaveLength(told.length);
  for (const [at, value] of values.entries()) {
    expect(Math.abs(value - told[at]!), `number ${at}`).toBeLessThanOrEqual(within);
  }
}
