import { z } from "zod";
import { withDefaults } from "./check-content";
import type { OfferedMethod } from "./offer";

const Said = z.looseObject({
  steps: z.number().positive(),
  guidance_scale: z.number(),
  method_params: z.record(z.string(), z.unknown()).default({}),
});

/** Forward rows of the network an image, between two ends, and at most so many with a gradient. */
export type PlannedCost = { least: number; most: number; backwards: number };

/**
 * What an image is going to take by its endpoint's own plan; null: it tells none, or one of other parameters than these. Other steps are
 * taken in proportion. `factor`: how often a prompt is drawn.
 */
export function plannedCost(
  method: OfferedMethod | undefined,
  parameters: unknown,
  factor = 1,
): PlannedCost | null {
  const said = Said.safeParse(parameters).data;
  if (!said || !method?.plan) return null;
  const { plan } = method;
  // Above 1 there are two rows a step, as everywhere in diffusers.
  if (plan.guided !== said.guidance_scale > 1) return null;
  // The defaults come first in both, so what is equal is equal in order too.
  const [own, usual] = [said.method_params, {}].map((given) => withDefaults(method, given));
  if (JSON.stringify(own) !== JSON.stringify(usual)) return null;
  const taken = (rows: number) => Math.round((factor * rows * said.steps) / plan.steps);
  return {
    least: taken(plan.least),
    most: taken(plan.most),
    backwards: taken(plan.backwards_most),
  };
}
