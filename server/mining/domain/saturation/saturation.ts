import { chanceOfNew, type RepeatCounts } from "./counts";
import type { Novelty } from "./novelty";

/** Dry needs a batch that is surely below this share of new proposals, twice in a row. */
export const NOVELTY_LIMIT = 0.3;
export const DRY_BATCHES = 2;
/** Dry also when the next proposal is new with less than this chance. */
export const NEXT_NEW_LIMIT = 0.2;
/** Below two usual batches f1/n says nothing yet: a first tiny batch cannot make a pattern dry. */
export const FEWEST_PROPOSALS = 40;
/** SELF's stop rule, shown as a third sign; the first two decide. */
export const ALIKE_LIMIT = 0.7;

export const NOT_DRY = { dryBatches: 0, isDry: false, isConfirmed: false };

export type BatchFigures = {
  novelty: Novelty | null;
  isRetest: boolean;
  meanSimilarity: number | null;
};
export type Saturation = {
  dryBatches: number;
  isDry: boolean;
  isConfirmed: boolean;
  reason: string;
};

/** What a finished batch says of (pattern, proposer); `counts` hold it already, `before` is how it stood. */
export function judgeSaturation(
  before: Omit<Saturation, "reason">,
  counts: RepeatCounts,
  batch: BatchFigures,
): Saturation {
  const dryBatches = nextDryBatches(before.dryBatches, batch.novelty);
  const signs = signsOf(dryBatches, counts);
  const isAlive = batch.isRetest && batch.novelty !== null && batch.novelty.share >= NOVELTY_LIMIT;
  const isDry = signs.length > 0 && !isAlive;
  const isTested = before.isDry && batch.isRetest && batch.novelty !== null;
  const isConfirmed = isDry && (before.isConfirmed || isTested);
  return { dryBatches, isDry, isConfirmed, reason: reasonOf(signs, batch, { isDry, isConfirmed }) };
}

/** A batch of which nothing could be judged says nothing. */
function nextDryBatches(before: number, novelty: Novelty | null): number {
  if (!novelty) return before;
  return novelty.atMost < NOVELTY_LIMIT ? before + 1 : 0;
}

function signsOf(dryBatches: number, counts: RepeatCounts): string[] {
  const signs: string[] = [];
  if (dryBatches >= DRY_BATCHES)
    signs.push(`${dryBatches} batches in a row were surely under ${percent(NOVELTY_LIMIT)} new`);
  const next = chanceOfNew(counts);
  if (next !== null && counts.proposals >= FEWEST_PROPOSALS && next < NEXT_NEW_LIMIT)
    signs.push(`the next proposal is new with a chance of about ${percent(next)}`);
  return signs;
}

function reasonOf(
  signs: readonly string[],
  { novelty, isRetest, meanSimilarity }: BatchFigures,
  { isDry, isConfirmed }: { isDry: boolean; isConfirmed: boolean },
): string {
  const brought = novelty
    ? `${novelty.fresh} of ${novelty.judged} new: ${percent(novelty.share)}, at most ${percent(novelty.atMost)} (90 %)`
    : "nothing that could be judged";
  const alike =
    meanSimilarity !== null && meanSimilarity > ALIKE_LIMIT
      ? ` The last five are alike (${meanSimilarity.toFixed(2)}).`
      : "";
  const source = isRetest ? "The re-test" : "The last batch";
  if (isConfirmed) return `Dry, also after a re-test: ${signs.join(", and ")}.${alike}`;
  if (isDry) return `Seems dry: ${signs.join(", and ")}. A re-test decides.${alike}`;
  return `Not dry. ${source} brought ${brought}.${alike}`;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
