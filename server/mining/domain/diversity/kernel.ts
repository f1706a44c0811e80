import type { PairWords } from "../compare-pairs";
import { conceptForm } from "../similarity";

/** A cosine between concepts: 1 for the same, never below 0 here, and positive semidefinite. */
export type ConceptKernel = (x: string, y: string) => number;

/** By letters alone: the cosine of the two sets of character trigrams, shared / sqrt(|X| |Y|). */
export function lexicalKernel(): ConceptKernel {
  const known = new Map<string, ReadonlySet<string>>();
  const trigramsOf = (concept: string) => {
    const trigrams = known.get(concept) ?? new Set(conceptForm(concept).trigrams);
    known.set(concept, trigrams);
    return trigrams;
  };
  return (x, y) => {
    const [xs, ys] = [trigramsOf(x), trigramsOf(y)];
    const size = Math.sqrt(xs.size * ys.size);
    return size === 0 ? Number(x === y) : countShared(xs, ys) / size;
  };
}

function countShared(xs: ReadonlySet<string>, ys: ReadonlySet<string>): number {
  let shared = 0;
  for (const x of xs) if (ys.has(x)) shared += 1;
  return shared;
}

/** Pairs are as alike as their two concepts are on the average, A with A and B with B. */
export function pairKernel(pairs: readonly PairWords[], kernel: ConceptKernel): number[][] {
  return pairs.map((one) =>
    pairs.map((other) => (kernel(one.a, other.a) + kernel(one.b, other.b)) / 2),
  );
}
