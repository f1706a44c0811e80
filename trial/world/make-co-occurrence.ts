import type { World } from "@/gpu-bridge/local/read-world";
import { oddsOf } from "@/gpu-bridge/local/scene/plan-scene";
import { drawNormal } from "@/server/mining/domain/allocation/draw-beta";
import { seededDraws } from "@/server/mining/domain/random";
import type { CoOccurrence } from "../llm/knowledge";
import { universeOf } from "./universe";

// Chosen before the first trial was run, and not changed since; docs/loop.md says why.
const SEED = 1;
/** How far the odds of an untypical pair follow from how often the two were seen together. */
const CORRELATION = 0.5;
const UNTYPICAL = { mean: Math.log(20), spread: 1.2 };
const TYPICAL = { mean: Math.log(3000), spread: 0.5 };

/**
 * How often content and host meet in what the world's painter learned from. Its odds came first, so the counts are
 * drawn to go with them as far as such counts do: typical pairs are common, the others follow the odds in part.
 */
export function makeCoOccurrence(world: World): CoOccurrence {
  const draw = seededDraws(SEED);
  const universe = universeOf(world);
  const scores = normalScores(universe.map(({ content, host }) => oddsOf(world, content, host)));
  const cells = universe.map(({ a, b }, at) => {
    const own = Math.sqrt(1 - CORRELATION ** 2) * drawNormal(draw);
    const height = CORRELATION * (scores[at] ?? 0) + own;
    return { a, b, log: UNTYPICAL.mean + UNTYPICAL.spread * height };
  });
  const typical = world.lexicon.families.flatMap(({ contents, hosts }) =>
    contents.map(({ name: a }, at) => {
      const log = TYPICAL.mean + TYPICAL.spread * drawNormal(draw);
      return { a, b: hosts[at]?.name ?? "", log };
    }),
  );
  const rows = Map.groupBy([...cells, ...typical], ({ a }) => a);
  const counts = [...rows].map(([a, row]) => [
    a,
    Object.fromEntries(row.map(({ b, log }) => [b, Math.round(Math.exp(log))])),
  ]);
  return { counts: Object.fromEntries(counts) };
}

/** Ranks as numbers of mean 0 and deviation 1; equals share the middle of their ranks. */
function normalScores(values: readonly number[]): number[] {
  const sorted = values.toSorted((x, y) => x - y);
  const ranks = values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
  const variance = ranks.reduce((sum, rank) => sum + (rank - mean) ** 2, 0) / ranks.length;
  return ranks.map((rank) => (rank - mean) / Math.sqrt(variance));
}
