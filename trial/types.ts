import type { PairWords } from "@/server/mining/domain/compare-pairs";

/** What a screening rater says of a pair: 0 of 20 correct is Level 5, else rating stopped at the first correct one. */
export type Rating = { isLevel5: boolean; images: number };

/** The people of a trial, as functions: the loop knows nothing of what decides their answers. */
export type People = {
  /** Whether a person would accept this as a pair to draw. */
  approve: (pair: PairWords) => boolean;
  rate: (pair: PairWords) => Rating;
};

export type Phase = 1 | 2 | 3 | 4;
export type RatedPair = PairWords & Rating & { phase: Phase; pattern: string };

/** Answers messages as a server would, in text. Hotter is more random. */
export type ScriptedLlm = {
  expand: (messages: readonly { content: string }[], temperature: number) => string;
};
