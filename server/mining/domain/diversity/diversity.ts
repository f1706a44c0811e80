import type { PairWords } from "../compare-pairs";
import { headNoun } from "../head-noun";
import { eigenvalues } from "./eigenvalues";
import { type ConceptKernel, pairKernel } from "./kernel";

/** Likeness is looked at among this many: its cost grows with the cube. Heads and cells count all pairs. */
export const MOST_COMPARED = 150;

export type Diversity = {
  pairs: number;
  headsA: number;
  headsB: number;
  cells: number;
  /** null below two cells: there is nothing to be even over. */
  evenness: number | null;
  compared: number;
  /** null below two pairs. */
  nearestDistance: number | null;
  vendi: number | null;
};

/** How different these pairs are from each other; give the ones to compare first. */
export function diversityOf(pairs: readonly PairWords[], kernel: ConceptKernel): Diversity {
  const heads = pairs.map(({ a, b }) => ({ a: headNoun(a), b: headNoun(b) }));
  const cells = countEach(heads.map(({ a, b }) => `${a}|${b}`));
  const compared = pairs.slice(0, MOST_COMPARED);
  const likeness = pairKernel(compared, kernel);
  return {
    pairs: pairs.length,
    headsA: new Set(heads.map(({ a }) => a)).size,
    headsB: new Set(heads.map(({ b }) => b)).size,
    cells: cells.length,
    evenness: evenness(cells),
    compared: compared.length,
    nearestDistance: nearestDistance(likeness),
    vendi: vendiScore(likeness),
  };
}

/** Shannon's evenness (Pielou 1966): the entropy of the shares over its greatest value, ln of how many there are. */
export function evenness(counts: readonly number[]): number | null {
  if (counts.length < 2) return null;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return entropy(counts.map((count) => count / total)) / Math.log(counts.length);
}

/** The mean over pairs of one minus the likeness to the most alike other one. */
export function nearestDistance(likeness: readonly (readonly number[])[]): number | null {
  if (likeness.length < 2) return null;
  const distances = likeness.map(
    (row, self) => 1 - Math.max(...row.filter((_, other) => other !== self)),
  );
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

/**
 * The effective number of different pairs (Friedman and Dieng 2023): exp of the entropy of the eigenvalues of K / n.
 * Where K is not quite positive semidefinite, its nearest neighbour that is (Higham 1988) takes its place: eigenvalues
 * below zero are none, and the others are shares of their own sum, which is n where none was below zero.
 */
export function vendiScore(likeness: readonly (readonly number[])[]): number | null {
  if (likeness.length === 0) return null;
  const values = eigenvalues(likeness).filter((value) => value > 0);
  const total = values.reduce((sum, value) => sum + value, 0);
  return Math.exp(entropy(values.map((value) => value / total)));
}

function entropy(shares: readonly number[]): number {
  return shares
    .filter((share) => share > 0)
    .reduce((sum, share) => sum - share * Math.log(share), 0);
}

const countEach = (keys: readonly string[]): number[] =>
  [...Map.groupBy(keys, (key) => key).values()].map((same) => same.length);
