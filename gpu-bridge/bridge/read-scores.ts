import { z } from "zod";
import { JudgedModels, NamedScorers, ScoreOutput } from "@/gpu-bridge/contract/score-schemas";
import { checkNotes } from "./check-notes";
import type { Received } from "./endpoint";
import { RenderFailure } from "./failure";
import { madeBy } from "./made-by";
import { type LeasedTask, questionId } from "./platform";
import { outputOf } from "./read-answer";

const Described = z.object({
  "x-teacup": z.object({
    scorers: NamedScorers,
    // Where it is said wrong it judges nothing by itself, and scores what it is asked.
    judges: JudgedModels.catch([]),
  }),
});

type AskedScores = Extract<LeasedTask["asked"], { kind: "scores" }>;

export type Scoring = {
  scorers: string[];
  /** Models whose images it judges without being asked by a person, as their answers name them. */
  judges: string[];
};

/** What an endpoint's description says of its scoring; null for one that draws. */
export function scoringIn(openApi: unknown): Scoring | null {
  const described = Described.safeParse(openApi).data?.["x-teacup"];
  if (!described) return null;
  return { scorers: described.scorers.map(({ name }) => name), judges: described.judges };
}

/** @throws RenderFailure that says what is wrong with the answer. */
export function readScores(answered: Received, task: LeasedTask, asked: AskedScores) {
  const parsed = ScoreOutput.safeParse(outputOf(answered.status, answered.text, questionId(task)));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join(".") ?? "";
    throw new RenderFailure(
      "retryable",
      `The endpoint's scores are wrong at ${place}: ${issue?.message}`,
    );
  }
  const { scores, timings } = parsed.data;
  for (const [at, { scorer, texts }] of asked.scores.entries()) {
    const one = scores[at];
    const isWhole =
      one?.values.length === task.images && one.values.every((row) => row.length === texts.length);
    if (one?.scorer !== scorer || !isWhole) {
      throw new RenderFailure(
        "retryable",
        `Expected ${scorer} for ${task.images} images and ${texts.length} texts`,
      );
    }
  }
  if (scores.length !== asked.scores.length) {
    throw new RenderFailure("retryable", "The endpoint answered with scores that nobody asked for");
  }
  const answer = {
    scores: scores.map(({ scorer, version, settings, model, values, truncated }) => ({
      scorer,
      version,
      settings,
      model: madeBy(model),
      values,
      truncated,
    })),
    timings,
  };
  checkNotes(answer, "answer");
  return answer;
}
