import { readWorld } from "@/gpu-bridge/local/read-world";
import { lexicon } from "@/server/mining/domain/offline/lexicon";
import { coOccurrence } from "../llm/knowledge";
import type { TrialWorld } from "../types";
import { peopleOf } from "./people";
import { isTrueLevel5, universeOf } from "./universe";

/** The Sketch simulator's world: its odds are the truth, and its dice decide each image. */
export function sketchWorld(): TrialWorld {
  const world = readWorld();
  const universe = universeOf(world);
  return {
    about: "on the Sketch simulator's odds; no image is drawn",
    families: lexicon.families,
    universe,
    truth: new Set(universe.filter((pair) => isTrueLevel5(world, pair)).map(({ key }) => key)),
    coOccurrence: coOccurrence(),
    peopleOf: (seed) => peopleOf(world, universe, seed),
  };
}
