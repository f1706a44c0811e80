import type { MeaningLimits } from "./compare-meaning";

/** Calibrated on one half of tests/fixtures/duplicate-pairs.json: tests/unit/duplicate-steps.test.ts says how. */
export const BUILT_IN_LIMITS: MeaningLimits = { flag: 0.84, automatic: 0.95 };

/** Where to start with a model that nobody has calibrated; an admin sets what fits it. */
export const START_LIMITS: MeaningLimits = { flag: 0.9, automatic: 0.95 };
