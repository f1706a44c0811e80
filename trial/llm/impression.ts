import type { PairWords } from "@/server/mining/domain/compare-pairs";
import { conceptKey } from "@/server/mining/domain/concept";

// One half each way, so that a concept seen once is no certainty (Krichevsky and Trofimov).
const HALF = 0.5;

/**
 * What a reader takes from a prompt about one concept: the logarithm of how often it stands among the proven
 * pairs against how often among those drawn well. 0 for a concept that the prompt does not name.
 */
export function impressionOf(
  proven: readonly PairWords[],
  drawnWell: readonly PairWords[],
): (concept: string) => number {
  const worked = countConcepts(proven);
  const failed = countConcepts(drawnWell);
  return (concept) => {
    const key = conceptKey(concept);
    return Math.log((worked.get(key) ?? 0) + HALF) - Math.log((failed.get(key) ?? 0) + HALF);
  };
}

function countConcepts(pairs: readonly PairWords[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of pairs.flatMap(({ a, b }) => [conceptKey(a), conceptKey(b)]))
    counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
