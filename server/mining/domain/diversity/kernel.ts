import type { PairWords } from "../compare-pairs";
import { builtInVector } from "../meaning/built-in-vector";
import { cosine } from "../meaning/compare-meaning";

/** A cosine between concepts: 1 for the same, and positive semidefinite. */
export type ConceptKernel = (x: string, y: string) => number;

/**
 * By the built-in embedder, also where an endpoint is set up for twins: the figure means the same in every
 * project, and needs no network.
 */
export function builtInKernel(): ConceptKernel {
  const known = new Map<string, Float32Array>();
  const vectorOf = (concept: string) => {
    const vector = known.get(concept) ?? builtInVector(concept);
    known.set(concept, vector);
    return vector;
  };
  // Single precision may pass 1 by a hair.
  return (x, y) => (x === y ? 1 : Math.min(1, cosine(vectorOf(x), vectorOf(y)) ?? 0));
}

/**
 * Pairs are as alike as their concepts are on the average, in the better of the two matchings: A and B carry no
 * role, so that a pair turned round is the same pair. The better of two kernels need not be positive
 * semidefinite: `vendiScore` says what it does about that.
 */
export function pairKernel(pairs: readonly PairWords[], kernel: ConceptKernel): number[][] {
  return pairs.map((one) => pairs.map((other) => pairLikeness(one, other, kernel)));
}

function pairLikeness(one: PairWords, other: PairWords, kernel: ConceptKernel): number {
  const straight = kernel(one.a, other.a) + kernel(one.b, other.b);
  const turned = kernel(one.a, other.b) + kernel(one.b, other.a);
  return Math.max(straight, turned) / 2;
}
