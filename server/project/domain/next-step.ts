export type Waiting = {
  /** Pairs of any state but rejected. */
  pairs: number;
  toReview: number;
  /** Batches or prompts whose LLM answer could not be used. */
  stuck: number;
  /** Accepted, with five prompts, not yet in a run. */
  toRender: number;
  /** Prompts being written and renders under way: they come by themselves. */
  underWay: number;
  toRate: number;
};

export type NextStep = "addPairs" | "review" | "unstick" | "rate" | "render" | "wait" | "propose";

/** The one thing to do next: what blocks other people or machines comes first. */
export function nextStep(waiting: Waiting): NextStep {
  if (waiting.pairs === 0 && waiting.stuck === 0) return "addPairs";
  if (waiting.toReview > 0) return "review";
  if (waiting.stuck > 0) return "unstick";
  if (waiting.toRender > 0) return "render";
  if (waiting.toRate > 0) return "rate";
  if (waiting.underWay > 0) return "wait";
  return "propose";
}
