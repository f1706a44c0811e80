import { PRIOR_STRENGTH } from "./beta-prior";

type Timed = { rated: number; minutes: number };

/** 20 images at three seconds each: what a pair costs before any was timed. */
export const USUAL_MINUTES = 1;

/** An arm's mean, drawn towards the mean of all arms as if it had rated PRIOR_STRENGTH pairs at that. */
export function minutesPerPair(arm: Timed, arms: readonly Timed[]): number {
  const rated = arms.reduce((sum, other) => sum + other.rated, 0);
  const minutes = arms.reduce((sum, other) => sum + other.minutes, 0);
  // Levels without a time (made before times were kept, or simulated) cost what is usual.
  const mean = rated === 0 || minutes === 0 ? USUAL_MINUTES : minutes / rated;
  return (arm.minutes + mean * PRIOR_STRENGTH) / (arm.rated + PRIOR_STRENGTH);
}
