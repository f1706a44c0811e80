import type { PairWords } from "@/server/mining/domain/compare-pairs";
import type { LexiconFamily } from "@/server/mining/domain/offline/lexicon";
import type { CoOccurrence } from "./llm/knowledge";

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

/** What trials are played in. Of all this the loop gets `people` and the names of `families`, the LLM a noisy copy of `coOccurrence`. */
export type TrialWorld = {
  /** Who decides what an image shows, in a sentence. */
  about: string;
  /** The first half is there at the beginning, the others are found in phase 3. */
  families: readonly LexiconFamily[];
  universe: readonly (PairWords & { key: string })[];
  /** The keys of the pairs that are truly at Level 5. */
  truth: ReadonlySet<string>;
  coOccurrence: CoOccurrence;
  peopleOf: (seed: number) => People;
};
