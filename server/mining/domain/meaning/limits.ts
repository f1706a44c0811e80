import { z } from "zod";

/** Changes whenever a concept's vector would: stored vectors of another version are another embedder's. */
export const BUILT_IN_EMBEDDER = "built-in 1";

/** From `flag` on a pair is shown beside its twin; from `automatic` on it counts as a repeat. */
export const MeaningLimits = z
  .object({ flag: z.number().min(0.5).max(1), automatic: z.number().min(0.5).max(1) })
  .refine(({ flag, automatic }) => flag <= automatic, {
    error: "What counts as a repeat by itself must be at least as alike as what is flagged",
  });
export type MeaningLimits = z.infer<typeof MeaningLimits>;

/** Calibrated on one half of tests/fixtures/duplicate-pairs.json: tests/unit/duplicate-steps.test.ts says how. */
export const BUILT_IN_LIMITS: MeaningLimits = { flag: 0.84, automatic: 0.95 };

/** Where to start with a model that nobody has calibrated; an admin sets what fits it. */
const START_LIMITS: MeaningLimits = { flag: 0.9, automatic: 0.95 };

export const startLimits = (embedder: string): MeaningLimits =>
  embedder === BUILT_IN_EMBEDDER ? BUILT_IN_LIMITS : START_LIMITS;
