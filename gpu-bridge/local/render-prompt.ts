import sharp from "sharp";
import type { RenderInput, RenderOutput } from "../contract/schemas";
import { drawScene } from "./draw/draw-scene";
import { drawsFor } from "./draws";
import type { World } from "./read-world";
import { planScene, trueSceneOf } from "./scene/plan-scene";
import { type Ask, readAsk } from "./scene/read-ask";
import { type Vocabulary, vocabularyOf } from "./scene/vocabulary";

export const SIMULATOR = { name: "Sketch simulator", method: "sketch", version: "1" } as const;
const AT_ONCE = 4;
export type Simulator = { world: World; vocabulary: Vocabulary };

export const makeSimulator = (world: World): Simulator => ({
  world,
  vocabulary: vocabularyOf(world),
});

/** Draws one prompt at every seed. @throws CannotDraw; stops between images when the signal aborts. */
export async function renderPrompt(
  { world, vocabulary }: Simulator,
  input: RenderInput,
  signal: AbortSignal,
): Promise<RenderOutput> {
  const begun = performance.now();
  const ask = readAsk(vocabulary, world.fillers, input);
  const drawn = await mapInParallel(input.seeds, (seed) =>
    drawImage(world, ask, seed, input, signal),
  );
  return {
    images: drawn.map(({ png }) => `data:image/png;base64,${png.toString("base64")}`),
    seeds: input.seeds,
    // No network is evaluated: this is vector art.
    evals: 0,
    backwards: 0,
    timings: { total: (performance.now() - begun) / 1000 },
    model: { name: SIMULATOR.name, revision: world.lexicon.version, weights_hash: world.hash },
    method: { name: SIMULATOR.method, version: SIMULATOR.version, mode: "biased", parameters: {} },
    trace: { simulator: SIMULATOR.name, scenes: drawn.map(({ scene }) => scene) },
  };
}

/** A few at a time: what is not begun yet can still be cancelled, and memory stays flat. */
async function mapInParallel<T, R>(list: readonly T[], work: (item: T) => Promise<R>) {
  const results: R[] = [];
  const left = [...list.entries()].reverse();
  const worker = async () => {
    for (let next = left.pop(); next; next = left.pop()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

async function drawImage(
  world: World,
  ask: Ask,
  seed: number,
  { prompt, width, height }: RenderInput,
  signal: AbortSignal,
) {
  signal.throwIfAborted();
  const draws = drawsFor(seed, prompt);
  const drawn = planScene(world, ask, draws);
  const svg = drawScene(world, drawn, draws, { prompt, width, height });
  const png = await sharp(Buffer.from(svg))
    .flatten({ background: "#ffffff" })
    .png({ compressionLevel: 4, adaptiveFiltering: false })
    .toBuffer();
  signal.throwIfAborted();
  return { png, scene: trueSceneOf(world, ask, drawn) };
}
