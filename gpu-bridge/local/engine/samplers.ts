import { alphasCumprod, type SchedulerConfig, trailing } from "./schedule";

// Names as a prediction gives them; pndm, dpm++2m and euler_a are the Python endpoints' alone.
export const SAMPLERS = ["euler", "ddim"] as const;
export type SamplerName = (typeof SAMPLERS)[number];

/** Deterministic and without a memory: a state is the latent and the number of steps done. */
export type Sampler = {
  /** diffusers' class. */
  title: string;
  /** Training step of each sampling step. */
  timesteps: readonly number[];
  /** Standard deviation that the initial noise is brought to. */
  initialSigma: number;
  /** A latent as the network has to see it at step i: times this. */
  scale: (i: number) => number;
  /** The latent after step i, of the one before it and the (guided) v. */
  advance: (x: Float32Array, v: Float32Array, i: number) => Float32Array;
};

export function makeSampler(name: SamplerName, config: SchedulerConfig, steps: number): Sampler {
  return name === "ddim" ? ddim(config, steps) : euler(config, steps);
}

/** DDIM without added noise (Song et al. 2021, eq. 12) for v targets (Salimans and Ho 2022). */
function ddim(config: SchedulerConfig, steps: number): Sampler {
  const abar = alphasCumprod(config);
  const timesteps = trailing(config.num_train_timesteps, steps);
  // diffusers goes back by whole training steps, not to the next timestep of the list.
  const stride = Math.floor(config.num_train_timesteps / steps);
  const advance = (x: Float32Array, v: Float32Array, i: number) => {
    const t = timesteps[i] ?? 0;
    const [now, after] = [abar[t] ?? 1, abar[t - stride] ?? 1];
    const [a, b, c, d] = [now, 1 - now, after, 1 - after].map(Math.sqrt) as [
      number,
      number,
      number,
      number,
    ];
    // clean = a x - b v, noise = a v + b x; next = c clean + d noise.
    return combine(x, c * a + d * b, v, d * a - c * b);
  };
  return { title: "DDIMScheduler", timesteps, initialSigma: 1, scale: () => 1, advance };
}

/** Euler over sigma = sqrt((1 - abar) / abar) (Karras et al. 2022, algorithm 1) for v targets. */
function euler(config: SchedulerConfig, steps: number): Sampler {
  const abar = alphasCumprod(config);
  const timesteps = trailing(config.num_train_timesteps, steps);
  const sigmaAt = (i: number) => {
    const t = timesteps[i];
    // The last step ends without noise.
    return t === undefined ? 0 : Math.sqrt((1 - (abar[t] ?? 1)) / (abar[t] ?? 1));
  };
  const advance = (x: Float32Array, v: Float32Array, i: number) => {
    const [sigma, after] = [sigmaAt(i), sigmaAt(i + 1)];
    const square = sigma * sigma + 1;
    // clean = x / (s^2 + 1) - v s / sqrt(s^2 + 1); next = x + (x - clean) / s * (after - s).
    const share = (after - sigma) / sigma;
    return combine(x, 1 + share * (1 - 1 / square), v, (share * sigma) / Math.sqrt(square));
  };
  const scale = (i: number) => 1 / Math.sqrt(sigmaAt(i) ** 2 + 1);
  return { title: "EulerDiscreteScheduler", timesteps, initialSigma: sigmaAt(0), scale, advance };
}

const combine = (x: Float32Array, ofX: number, v: Float32Array, ofV: number) =>
  x.map((value, at) => ofX * value + ofV * (v[at] ?? Number.NaN));
