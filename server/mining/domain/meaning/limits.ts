import { z } from "zod";

/** Changes whenever a concept's vector would: stored vectors of another version are another embedder's. */
export const BUILT_IN_EMBEDDER = "built-in 1";

const cosine = (field: string) => {
  const says = `Give “${field}” a number from 0.5 to 1, such as 0.9`;
  return z.number(says).min(0.5, says).max(1, says);
};

/** From `flag` on a pair is shown beside its twin; from `automatic` on it counts as a repeat. */
export const MeaningLimits = z
  .object({
    flag: cosine("Show beside its twin from"),
    automatic: cosine("Count as a repeat from"),
  })
  .refine(({ flag, automatic }) => flag <= automatic, {
    error: "Raise “Count as a repeat from”, or lower the other: a repeat is at least as alike",
  });
export type MeaningLimits = z.infer<typeof MeaningLimits>;

/** Calibrated on one half of tests/fixtures/duplicate-pairs.json: tests/unit/duplicate-steps.test.ts says how. */
export const BUILT_IN_LIMITS: MeaningLimits = { flag: 0.84, automatic: 0.95 };

/** Where to start with a model that nobody has calibrated; an admin sets what fits it. */
const START_LIMITS: MeaningLimits = { flag: 0.9, automatic: 0.95 };

export const startLimits = (embedder: string): MeaningLimits =>
  embedder === BUILT_IN_EMBEDDER ? BUILT_IN_LIMITS : START_LIMITS;
