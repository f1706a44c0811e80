import { z } from "zod";
import { ScoreOutput } from "@/gpu-bridge/contract/score-schemas";
import { checkNotes } from "./check-notes";
import type { Received } from "./endpoint";
import { RenderFailure } from "./failure";
import { madeBy } from "./made-by";
import { type LeasedTask, questionId } from "./platform";
import { outputOf } from "./read-answer";

const Described = z.object({
  "x-teacup": z.object({
    scorers: z
      .array(z.looseObject({ name: z.string().min(1).max(100) }))
      .min(1)
      .max(64),
  }),
});

type AskedScores = Extract<LeasedTask["asked"], { kind: "scores" }>;

/** The scorers that an endpoint's description names; null for one that draws. */
export function scorersIn(openApi: unknown): string[] | null {
  const described = Described.safeParse(openApi).data;
  return described ? described["x-teacup"].scorers.map(({ name }) => name) : null;
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
