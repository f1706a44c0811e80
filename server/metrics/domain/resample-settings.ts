import type { BootstrapSettings } from "@/server/agreement/domain/bootstrap";

const MOST_DRAWS = 1000;
const FEWEST_DRAWS = 200;
// Grids and images that all resamples of one figure may go through: whoever opens the page waits for them.
const MOST_STEPS = 2e7;

/** Fewer resamples where there is more to go through; how many there were is told with the intervals. */
export function resampleSettings(observations: number): BootstrapSettings {
  const draws = Math.floor(MOST_STEPS / Math.max(1, observations));
  return { draws: Math.min(MOST_DRAWS, Math.max(FEWEST_DRAWS, draws)), seed: 1 };
}
