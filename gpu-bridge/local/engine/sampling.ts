import { type Ask, type Easel, isGuided } from "./asking";
import { LATENT_SIZE } from "./model";
import { initialNoise } from "./noise";
import type { Sampler } from "./samplers";
import { minus, plus } from "./vectors";

/** The guided v of each latent at step i. Steps are whole numbers, never ratios. */
export type Predict = (x: readonly Float32Array[], i: number) => Promise<Float32Array[]>;

/** Before step 0: the seeds' initial noise, as loud as the sampler wants it. */
export const start = ({ initialSigma }: Sampler, seeds: readonly number[]) =>
  seeds.map((seed) => initialNoise(seed, LATENT_SIZE).map((value) => value * initialSigma));

/** Steps `from` to `until` - 1 of latents that share a batch; they themselves stay as they are. */
export async function sample(
  sampler: Sampler,
  predict: Predict,
  latents: readonly Float32Array[],
  from = 0,
  until = sampler.timesteps.length,
): Promise<readonly Float32Array[]> {
  let x = latents;
  for (let i = from; i < until; i++) {
    const guided = await predict(x, i);
    x = x.map((row, at) => sampler.advance(row, guided[at] ?? row, i));
  }
  return x;
}

/** Latents as the network has to see them at step i. */
export function scaled({ scale }: Sampler, x: readonly Float32Array[], i: number) {
  const times = scale(i);
  return times === 1 ? x : x.map((row) => row.map((value) => value * times));
}

/**
 * Classifier-free guidance towards a text, v(null) + scale * (v(text) - v(null)): 2 evals an image. At a
 * scale of 1 or below it is v(text) alone, as in diffusers: 1 eval.
 */
export async function guideTo({ model, sampler }: Easel, ask: Ask, text: string): Promise<Predict> {
  const null_ = await model.encode(ask.negative ?? "");
  const told = await model.encode(text);
  return async (x, i) => {
    const rows = scaled(sampler, x, i);
    const t = sampler.timesteps[i] ?? 0;
    const texts = x.map(() => told);
    if (!isGuided(ask)) return model.predict(rows, t, texts);
    const both = await model.predict([...rows, ...rows], t, [...x.map(() => null_), ...texts]);
    return guided(both.slice(0, x.length), both.slice(x.length), ask.guidance);
  };
}

export const guided = (
  u: readonly Float32Array[],
  c: readonly Float32Array[],
  scale: number,
): Float32Array[] => u.map((row, at) => plus(row, minus(c[at] ?? row, row), scale));
