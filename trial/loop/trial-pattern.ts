import type { PairWords } from "@/server/mining/domain/compare-pairs";
import { countKey, NO_REPEATS, type RepeatCounts } from "@/server/mining/domain/saturation/counts";
import { meanSimilarity } from "@/server/mining/domain/saturation/mean-similarity";
import { noveltyOf } from "@/server/mining/domain/saturation/novelty";
import { judgeSaturation, NOT_DRY } from "@/server/mining/domain/saturation/saturation";
import { type Families, patternName } from "../llm/patterns";
import type { Phase, RatedPair } from "../types";

/** A pattern as the trial's loop keeps it; what the product keeps in tables. */
export type TrialPattern = {
  name: string;
  families: Families;
  phase: Phase;
  batches: number;
  rated: RatedPair[];
  /** Proposed and turned down by the approver. */
  rejected: PairWords[];
  times: Map<string, number>;
  counts: RepeatCounts;
  saturation: typeof NOT_DRY;
};

export const newPattern = (families: Families, phase: Phase): TrialPattern => ({
  name: patternName(families),
  families,
  phase,
  batches: 0,
  rated: [],
  rejected: [],
  times: new Map(),
  counts: NO_REPEATS,
  saturation: NOT_DRY,
});

/** A proposal with the key of the pair it amounts to: its own or its twin's. */
export type Settled = PairWords & { key: string; isNew: boolean };

/** What the batch says of the pattern, by the product's own rule. */
export function noteBatch(
  pattern: TrialPattern,
  settled: readonly Settled[],
  isRetest: boolean,
): void {
  for (const { key } of settled) {
    const times = pattern.times.get(key) ?? 0;
    pattern.times.set(key, times + 1);
    pattern.counts = countKey(pattern.counts, times, times + 1);
  }
  pattern.batches += 1;
  pattern.saturation = judgeSaturation(pattern.saturation, pattern.counts, {
    novelty: noveltyOf(settled.filter(({ isNew }) => isNew).length, settled.length),
    isRetest,
    meanSimilarity: meanSimilarity(settled),
  });
}
