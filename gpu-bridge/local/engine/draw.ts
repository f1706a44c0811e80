import type { RenderInput } from "../../contract/schemas";
import type { Ask, Drawn, Method, ModelAbout, Scorer } from "./asking";
import type { EndpointFile } from "./endpoint-file";
import { type Generator, type Model, makeModel, ROWS } from "./model";
import { type Parameters, readParameters } from "./parameters";
import { pngOf } from "./pictures";
import { readAsk } from "./read-ask";
import { makeSampler } from "./samplers";
import type { SchedulerConfig } from "./schedule";

/** One endpoint's method on the generator, with what its file says. */
export type Drawer<P extends Parameters> = {
  file: EndpointFile;
  method: Method<P>;
  generator: Generator;
  scheduler: SchedulerConfig;
  scorer: Scorer | null;
  about: ModelAbout;
};

/** One prediction, from its input to the contract's output. @throws Refused; stops at the next batch when the signal aborts. */
export async function draw<P extends Parameters>(
  { file, method, generator, scheduler, scorer, about }: Drawer<P>,
  input: RenderInput,
  signal: AbortSignal,
) {
  const ask = readAsk(input, file);
  const given = { ...file.method_params, ...input.method_params };
  const values = readParameters(method.parameters, given);
  method.check(ask, values, scorer);
  const model = makeModel(generator, signal);
  const sampler = makeSampler(ask.scheduler, scheduler, ask.steps);
  const clock = stopwatch();
  const drawn = await method.run({ model, sampler, scorer, signal }, ask, values);
  const sampled = clock();
  const pictures = drawn.pictures ?? (await model.decode(drawn.latents));
  const decoded = clock();
  const images = await Promise.all(pictures.map(pngOf));
  signal.throwIfAborted();
  const { name, version } = method;
  const mode = drawn.mode === undefined ? {} : { mode: drawn.mode };
  return {
    images,
    ...whyLeftOut(images, ask.seeds),
    seeds: ask.seeds,
    evals: model.counted.evals / ask.seeds.length,
    backwards: 0,
    timings: { sample: sampled, decode: decoded, encode: clock() },
    model: about,
    method: { name, version, ...mode, parameters: values },
    trace: traceOf(drawn, model, ask, sampler.title),
  };
}

function traceOf(drawn: Drawn, model: Model, ask: Ask, scheduler: string) {
  const told = { steps: ask.steps, guidance_scale: ask.guidance, scheduler };
  return {
    ...drawn.trace,
    ...(drawn.perImage && { images: drawn.perImage }),
    ...(Object.keys(model.removed).length > 0 && { truncated: model.removed }),
    ...(model.unknown.size > 0 && { unknown_tokens: [...model.unknown] }),
    asked: { ...told, negative_prompt: ask.negative },
    rows: ROWS,
    dtype: "float32",
  };
}

/** Seconds since it was asked last. */
function stopwatch() {
  let last = performance.now();
  return () => {
    const begun = last;
    last = performance.now();
    return (last - begun) / 1000;
  };
}

function whyLeftOut(images: readonly (string | null)[], seeds: readonly number[]) {
  const black = seeds.filter((_, at) => images[at] === null);
  if (black.length === 0) return {};
  const at = black.length === seeds.length ? "" : ` at the seeds ${black.join(", ")}`;
  return {
    filtered: `The image is wholly black${at}: numbers too large for the model. It says nothing about the model, so it is not kept.`,
  };
}
