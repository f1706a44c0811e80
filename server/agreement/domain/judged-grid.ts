import { IMAGES_PER_GRID } from "@/server/rating/domain/level";

/** A set of images of one grid: bit 0 is position 1. */
export type ImageMask = number;

export const EVERY_IMAGE: ImageMask = 2 ** IMAGES_PER_GRID - 1;

/** What one rater said of a grid; images in neither set were broken or not judged. */
export type RaterVerdicts = { raterId: string; correct: ImageMask; incorrect: ImageMask };

/** One grid with all who judged it, each for the first time. */
export type JudgedGrid = {
  gridId: string;
  pairId: string;
  patternId: string;
  promptSetId: string;
  /** Raters it was planned for. */
  planned: number;
  round: number;
  /** When the last of them submitted, in milliseconds. */
  at: number;
  sittings: readonly RaterVerdicts[];
};

/** How many images are in the set. */
export function sizeOf(mask: ImageMask): number {
  let rest = mask - ((mask >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** How many called each image of the set correct and incorrect; positions count from 0. */
export function votesOf(
  sittings: readonly RaterVerdicts[],
  within: ImageMask,
): { position: number; correct: number; incorrect: number }[] {
  return Array.from({ length: IMAGES_PER_GRID }, (_, position) => position)
    .filter((position) => (within >>> position) & 1)
    .map((position) => {
      let correct = 0;
      let incorrect = 0;
      for (const sitting of sittings) {
        correct += (sitting.correct >>> position) & 1;
        incorrect += (sitting.incorrect >>> position) & 1;
      }
      return { position, correct, incorrect };
    });
}

/** Sums per pair: what one unit of resampling contributes, in the order in which the pairs come. */
export class SumsByPair {
  private readonly sums = new Map<string, Float64Array>();
  constructor(private readonly width: number) {}

  add(pairId: string, contribution: ArrayLike<number>): void {
    const sums = this.sums.get(pairId) ?? new Float64Array(this.width);
    for (let at = 0; at < this.width; at += 1) sums[at] = (sums[at] ?? 0) + (contribution[at] ?? 0);
    this.sums.set(pairId, sums);
  }

  all(): Float64Array[] {
    return [...this.sums.values()];
  }
}

export function totalOf(contributions: readonly Float64Array[], width: number): Float64Array {
  const total = new Float64Array(width);
  for (const one of contributions)
    for (let at = 0; at < width; at += 1) total[at] = (total[at] ?? 0) + (one[at] ?? 0);
  return total;
}
