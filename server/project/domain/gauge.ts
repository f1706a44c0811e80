import {
  chanceOfNew,
  type RepeatCounts,
  unseenKeys,
} from "@/server/mining/domain/saturation/counts";
import { noveltyOf } from "@/server/mining/domain/saturation/novelty";

export type GaugeBatch = {
  number: number;
  fresh: number;
  judged: number;
  /** Share of new pairs, and what it surely does not pass (90 %); null when nothing could be judged. */
  share: number | null;
  atMost: number | null;
  isRetest: boolean;
};

export type SaturationRow = RepeatCounts & {
  patternId: string;
  dryBatches: number;
  isDry: boolean;
  isConfirmed: boolean;
};

/** One bar of the gauge. */
export function gaugeBatch(batch: Omit<GaugeBatch, "share" | "atMost">): GaugeBatch {
  const novelty = noveltyOf(batch.fresh, batch.judged);
  return { ...batch, share: novelty?.share ?? null, atMost: novelty?.atMost ?? null };
}

/**
 * The pattern to show: a dry one that was not tested again asks for a person, then a confirmed one; else
 * the one whose next proposal is least likely to be new.
 */
export function runsLow<R extends SaturationRow>(rows: readonly R[]): R | null {
  const urgency = ({ isDry, isConfirmed }: R) => (isDry ? (isConfirmed ? 1 : 2) : 0);
  const order = (x: R, y: R) =>
    urgency(y) - urgency(x) ||
    y.dryBatches - x.dryBatches ||
    (chanceOfNew(x) ?? 1) - (chanceOfNew(y) ?? 1);
  return rows.toSorted(order)[0] ?? null;
}

export type Outlook = { nextIsNew: number | null; moreToFind: number };

/** Good-Turing's chance that the next proposal is new, and Chao1's guess of how many are still to come. */
export const outlookOf = (counts: RepeatCounts): Outlook => ({
  nextIsNew: chanceOfNew(counts),
  moreToFind: Math.round(unseenKeys(counts)),
});
