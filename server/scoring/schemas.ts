import { z } from "zod";
import { HeldTask, JudgingModel } from "@/server/judging/schemas";

/** Whose images: those of one run, or those of all runs of one comparison. */
export const ScoredSubject = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("run"), number: z.int().min(1) }),
  z.object({ kind: z.literal("repair"), number: z.int().min(1) }),
]);
export type ScoredSubject = z.infer<typeof ScoredSubject>;

export const ShowScoring = z.object({ of: ScoredSubject });

/** In one call, by the contract. */
export const MOST_SCORERS = 16;
const ScorerName = z.string().trim().min(1).max(100);
export const StartScoring = z.object({
  of: ScoredSubject,
  endpoint: z.string().trim().min(1).max(100),
  scorers: z.array(ScorerName).min(1).max(MOST_SCORERS),
});
export type StartScoring = z.infer<typeof StartScoring>;

export const ScoringNumber = z.object({ number: z.int().min(1) });

const Row = z.array(z.number()).min(1).max(64);
const Answered = z.object({
  scorer: ScorerName,
  version: z.string().min(1).max(100),
  settings: z.record(z.string(), z.unknown()),
  model: JudgingModel,
  /** Row i: image i against each text. */
  values: z.array(Row).min(1).max(64),
  /** By text, the end that was not read. */
  truncated: z.record(z.string(), z.string()),
});
export type Answered = z.infer<typeof Answered>;

export const FinishScores = HeldTask.extend({
  /** In the order of what was asked. */
  scores: z.array(Answered).min(1).max(MOST_SCORERS),
  timings: z.record(z.string(), z.number()),
});
export type FinishScores = z.infer<typeof FinishScores>;
