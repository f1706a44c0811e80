import type { ProposalOutcome } from "@/db/enums";
import { countKey, NO_REPEATS } from "@/server/mining/domain/saturation/counts";
import { meanSimilarity } from "@/server/mining/domain/saturation/mean-similarity";
import { noveltyOf } from "@/server/mining/domain/saturation/novelty";
import { judgeSaturation, NOT_DRY } from "@/server/mining/domain/saturation/saturation";
import type { LoopBatch, LoopSaturation } from "../state";
import type { Fold, LoggedBatch } from "./context";

export type Settled = {
  a: string;
  b: string;
  outcome: ProposalOutcome;
  twinId: string | null;
  pairId: string | null;
  step: string | null;
};

/** What a batch says of its proposer, from the proposals that are there already. */
export function countBatch(
  fold: Fold,
  batch: LoggedBatch,
  settled: readonly Settled[],
): Omit<LoopBatch, "returned"> {
  const judged = settled.filter(({ outcome }) => outcome !== "invalid");
  const fresh = judged.filter(({ outcome }) => outcome === "new").length;
  for (const { pairId, twinId } of judged) change(fold, batch, pairId ?? twinId ?? "", 1);
  const before = standingOf(fold, batch);
  const likeness = meanSimilarity(judged);
  const standing = judgeSaturation(before, before, {
    novelty: noveltyOf(fresh, judged.length),
    isRetest: batch.isRetest,
    meanSimilarity: likeness,
  });
  fold.state.saturation[nameOf(batch)] = { ...before, ...standing };
  const kept = likeness === null ? null : Math.fround(likeness);
  return { fresh, judged: judged.length, meanSimilarity: kept };
}

/** A person said that a repeat is a pair of its own. */
export function moveTally(fold: Fold, batch: LoggedBatch, from: string, to: string): void {
  change(fold, batch, from, -1);
  change(fold, batch, to, 1);
}

const nameOf = ({ patternId, proposer }: LoggedBatch) => `${patternId} ${proposer}`;

const standingOf = ({ state }: Fold, batch: LoggedBatch): LoopSaturation =>
  state.saturation[nameOf(batch)] ?? { ...NO_REPEATS, ...NOT_DRY, reason: null };

function change(fold: Fold, batch: LoggedBatch, key: string, by: number): void {
  const name = nameOf(batch);
  const tally = fold.tallies.get(name) ?? new Map<string, number>();
  const times = tally.get(key) ?? 0;
  // Of a batch from before repeats were counted.
  if (times + by < 0) return;
  tally.set(key, times + by);
  fold.tallies.set(name, tally);
  const standing = standingOf(fold, batch);
  fold.state.saturation[name] = { ...standing, ...countKey(standing, times, times + by) };
}
