import { drawsFor } from "@/gpu-bridge/local/draws";
import type { World } from "@/gpu-bridge/local/read-world";
import { planScene } from "@/gpu-bridge/local/scene/plan-scene";
import { writeOffline } from "@/server/mining/domain/offline/write-offline";
import { pairKey } from "@/server/mining/domain/pair-key";
import { hash32, seededDraws } from "@/server/mining/domain/random";
import type { People, Rating } from "../types";
import type { UniversePair } from "./universe";

const SEEDS = 4;

/**
 * A simulated approver and a simulated rater. The approver takes what is a pair of this world; the rater sees five
 * prompts at four seeds each. The simulator's own dice decide what an image would show; nothing is drawn.
 */
export function peopleOf(world: World, universe: readonly UniversePair[], seed: number): People {
  const byKey = new Map(universe.map((pair) => [pair.key, pair]));
  return {
    approve: ({ a, b }) => byKey.has(pairKey(a, b)),
    rate: ({ a, b }) => {
      const pair = byKey.get(pairKey(a, b));
      if (!pair) throw new Error(`${a} × ${b} is no pair of this world`);
      return screen(shuffled(imagesOf(world, pair, seed), hash32(`${seed} ${pair.key}`)));
    },
  };
}

/** Whether each of the 20 images would show the pair as asked. */
function imagesOf(world: World, { a, b, content, host }: UniversePair, seed: number): boolean[] {
  return writeOffline(a, b).flatMap((prompt) =>
    Array.from({ length: SEEDS }, (_, at) => {
      const draws = drawsFor(hash32(`${seed} ${at}`), prompt);
      const drawn = planScene(world, { content, host }, draws);
      return drawn.content?.id === content.id && drawn.host?.id === host.id;
    }),
  );
}

/** Rating stops at the first correct image: Level 5 needs none of 20. */
function screen(images: readonly boolean[]): Rating {
  const first = images.indexOf(true);
  return first === -1
    ? { isLevel5: true, images: images.length }
    : { isLevel5: false, images: first + 1 };
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const draw = seededDraws(seed);
  return items
    .map((item) => ({ item, at: draw() }))
    .sort((x, y) => x.at - y.at)
    .map(({ item }) => item);
}
