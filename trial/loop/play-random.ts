import type { PairWords } from "@/server/mining/domain/compare-pairs";
import { seededDraws } from "@/server/mining/domain/random";
import type { People, RatedPair } from "../types";

/** The control: pairs of the same vocabulary in any order, none twice, all of them drawable. */
export function playRandom(
  pairs: readonly PairWords[],
  { people, budget, seed }: { people: People; budget: number; seed: number },
): RatedPair[] {
  const draw = seededDraws(seed);
  return pairs
    .map((pair) => ({ pair, at: draw() }))
    .sort((x, y) => x.at - y.at)
    .slice(0, budget)
    .map(({ pair: { a, b } }) => ({
      a,
      b,
      phase: 1,
      pattern: "random",
      ...people.rate({ a, b }),
    }));
}
