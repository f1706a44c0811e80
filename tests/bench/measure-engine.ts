import { readWorld } from "@/gpu-bridge/local/read-world";
import { makeSimulator, renderPrompt } from "@/gpu-bridge/local/render-prompt";

const ROUNDS = 5;
const SEEDS = [1, 2, 3, 4];
const PROMPTS = [
  "a tea cup of iced coke",
  "a photo of a monkey on an ice floe",
  "a watermelon on a lemon tree",
  "noodles with a hammer in soft window light",
  "a detailed realistic photo of soup in a waffle cone at night",
];

/** Milliseconds in which the Sketch simulator alone draws a grid: 5 prompts of 4 images of 512x512. */
export async function measureEngine(): Promise<number[]> {
  const simulator = makeSimulator(readWorld());
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    for (const prompt of PROMPTS) {
      const input = { prompt, seeds: SEEDS, width: 512, height: 512 };
      await renderPrompt(simulator, input, AbortSignal.timeout(60_000));
    }
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b);
}
