/** Screens count what waits no further than this; at it they say "1,000 or more". */
export const MOST_COUNTED = 1_000;

export type Waiting = {
  /** Pairs of any state but rejected. */
  pairs: number;
  toReview: number;
  /** Batches, prompts or questions whose LLM answer could not be used. */
  stuck: number;
  /** Steps before which a pattern asks and that are due. */
  asks: number;
  /** Pairs and concepts whose few images wait for one glance. */
  quickLooks: number;
  /** Accepted, with five prompts, not yet in a run. */
  toRender: number;
  /** Prompts being written and renders under way: they come by themselves. */
  underWay: number;
  toRate: number;
};

/** What the loop itself has to say: stops, offers, and patterns that wait to be approved. */
export type LoopCalls = {
  /** Something waits for a budget to be raised. */
  isStopped: boolean;
  patternsToReview: number;
  /** Phases whose opening the machine offers. */
  offered: readonly number[];
};

export type NextStep =
  | "addPairs"
  | "review"
  | "unstick"
  | "raiseBudget"
  | "goOn"
  | "reviewPatterns"
  | "quickLook"
  | "render"
  | "rate"
  | "wait"
  | "openPatterns"
  | "openMerge"
  | "propose";

/** The one thing to do next: what blocks other people or machines comes first. */
export function nextStep(waiting: Waiting, calls: LoopCalls): NextStep {
  if (waiting.pairs === 0 && waiting.stuck === 0 && calls.patternsToReview === 0) return "addPairs";
  if (waiting.toReview > 0) return "review";
  if (waiting.stuck > 0) return "unstick";
  if (calls.patternsToReview > 0) return "reviewPatterns";
  if (waiting.quickLooks > 0) return "quickLook";
  // A stop leaves rating and looking possible, but no machine goes on before it is lifted.
  if (calls.isStopped) return "raiseBudget";
  if (waiting.asks > 0) return "goOn";
  if (waiting.toRender > 0) return "render";
  if (waiting.toRate > 0) return "rate";
  if (waiting.underWay > 0) return "wait";
  if (calls.offered.includes(3)) return "openPatterns";
  if (calls.offered.includes(4)) return "openMerge";
  return "propose";
}
