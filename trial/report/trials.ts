import type { RatedPair } from "../types";

export const STRATEGIES = ["loop", "roundRobin", "noFeedback", "random"] as const;
export type Strategy = (typeof STRATEGIES)[number];

export type Run = { rated: RatedPair[]; curve: number[] };
export type Trial = { seed: number; runs: Record<Strategy, Run> };
export type Trials = {
  universe: number;
  truths: number;
  budget: number;
  oracle: number[];
  trials: Trial[];
};
