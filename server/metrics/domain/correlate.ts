import { type BootstrapSettings, summaryOf } from "@/server/agreement/domain/bootstrap";
import { type Coefficient, isDefined } from "@/server/agreement/domain/coefficient";
import type { Estimate } from "@/server/agreement/domain/estimate";
import { auc } from "./auc";
import { kendall } from "./kendall";
import { pearson } from "./pearson";
import { rankedBy, type Weights } from "./prepared";
import { isExact, resamples } from "./resamples";
import { spearman } from "./spearman";

/** One grid: its images' mean score, and how many of them people found correct. */
export type ScoredGrid = { pairId: string; score: number; correct: number };
/** One image with a verdict. */
export type ScoredImage = { pairId: string; score: number; isCorrect: boolean };

const FIGURES = ["spearman", "kendall", "pearson", "auc"] as const;
export type FigureName = (typeof FIGURES)[number];
export type Correlated = Record<FigureName, Estimate> & {
  pairs: number;
  grids: number;
  images: number;
};

/**
 * How far a score says what people said: by grid in ranks and in a line, by image as the chance that a correct one scores higher. Its
 * intervals resample pairs, with all grids and images of each: the images of a pair are not independent. One step a resample, so
 * that whoever has others to serve can do so in between.
 */
export function* correlating(
  grids: readonly ScoredGrid[],
  images: readonly ScoredImage[],
  settings: BootstrapSettings,
): Generator<void, Correlated> {
  const pairIds = [...new Set([...grids, ...images].map(({ pairId }) => pairId))];
  const unitOf = new Map(pairIds.map((pairId, unit) => [pairId, unit]));
  const reckon = figuresOf(grids, images, (pairId) => unitOf.get(pairId) ?? 0);
  const values = reckon(new Uint8Array(pairIds.length).fill(1));
  const found = new Map<FigureName, Coefficient[]>(FIGURES.map((name) => [name, []]));
  if (pairIds.length >= 2) {
    for (const weights of resamples(pairIds.length, settings)) {
      yield;
      const drawn = reckon(weights);
      for (const name of FIGURES) found.get(name)?.push(drawn[name]);
    }
  }
  const seed = isExact(pairIds.length, settings) ? null : settings.seed;
  const estimate = (name: FigureName): Estimate => ({
    value: values[name],
    // Where the figure itself does not exist, that of lucky resamples says nothing about it.
    interval: isDefined(values[name]) ? summaryOf(found.get(name) ?? [], seed) : null,
  });
  return {
    pairs: pairIds.length,
    grids: grids.length,
    images: images.length,
    spearman: estimate("spearman"),
    kendall: estimate("kendall"),
    pearson: estimate("pearson"),
    auc: estimate("auc"),
  };
}

/** All steps at once. */
export function correlate(...asked: Parameters<typeof correlating>): Correlated {
  const steps = correlating(...asked);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Sorts once; every resample is then a matter of how often each pair is in it. */
function figuresOf(
  grids: readonly ScoredGrid[],
  images: readonly ScoredImage[],
  unitOf: (pairId: string) => number,
) {
  const scores = Float64Array.from(grids, ({ score }) => score);
  const counts = Float64Array.from(grids, ({ correct }) => correct);
  const x = rankedBy([...scores]);
  const y = rankedBy([...counts]);
  const byX = Uint32Array.from(scores.keys()).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const imageScores = rankedBy(images.map(({ score }) => score));
  const isCorrect = Uint8Array.from(images, (image) => Number(image.isCorrect));
  const gridUnits = Uint32Array.from(grids, ({ pairId }) => unitOf(pairId));
  const imageUnits = Uint32Array.from(images, ({ pairId }) => unitOf(pairId));
  return (weights: Weights): Record<FigureName, Coefficient> => {
    const ofGrids = gridUnits.map((unit) => weights[unit] ?? 0);
    const ofImages = imageUnits.map((unit) => weights[unit] ?? 0);
    return {
      spearman: spearman(x, y, ofGrids),
      kendall: kendall(x, y, byX, ofGrids),
      pearson: pearson(scores, counts, ofGrids),
      auc: auc(imageScores, isCorrect, ofImages),
    };
  };
}
