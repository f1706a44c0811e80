import { z } from "zod";

/** diffusers' scheduler_config.json, as far as it is read; anything else that would move a number is refused. */
export const SchedulerConfig = z.object({
  num_train_timesteps: z.int().min(1).max(10_000),
  trained_betas: z.array(z.number()).min(1),
  prediction_type: z.literal("v_prediction"),
  timestep_spacing: z.literal("trailing"),
  clip_sample: z.literal(false),
  set_alpha_to_one: z.literal(true),
  rescale_betas_zero_snr: z.literal(false).default(false),
  thresholding: z.literal(false).default(false),
});
export type SchedulerConfig = z.infer<typeof SchedulerConfig>;

/** Share of signal variance (abar) at each training step, multiplied up in float32 as torch does. */
export function alphasCumprod({ trained_betas }: SchedulerConfig): Float32Array {
  let product = 1;
  return Float32Array.from(trained_betas, (beta) => {
    product = Math.fround(product * Math.fround(1 - Math.fround(beta)));
    return product;
  });
}

/**
 * Training steps that `steps` equal steps visit, the noisiest first ("trailing"). Written as numpy's
 * `arange(N, 0, -N / steps).round() - 1`, which for some counts has a step more than was asked for.
 */
export function trailing(total: number, steps: number): number[] {
  const ratio = total / steps;
  const stride = total - ratio - total;
  return Array.from(
    { length: Math.ceil(total / ratio) },
    (_, i) => roundHalfEven(total + i * stride) - 1,
  );
}

function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
