import type { Place } from "./sheet";

const STEP: Record<string, Place> = {
  ArrowLeft: { prompt: -1, row: 0 },
  ArrowRight: { prompt: 1, row: 0 },
  ArrowUp: { prompt: 0, row: -1 },
  ArrowDown: { prompt: 0, row: 1 },
};
const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** Where an arrow leads among five prompts and four seeds; null for any other key. */
export function stepPlace(place: Place, key: string): Place | null {
  const step = STEP[key];
  if (!step) return null;
  return {
    prompt: within(place.prompt + step.prompt, 1, 5),
    row: within(place.row + step.row, 0, 3),
  };
}
