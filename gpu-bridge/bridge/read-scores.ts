import { z } from "zod";
import { ScoreOutput } from "@/gpu-bridge/contract/score-schemas";
import { checkNotes } from "./check-notes";
import { RenderFailure } from "./failure";
import type { LeasedScores } from "./platform";
import { LONGEST_HASH, outputOf } from "./read-answer";

const Described = z.object({
  "x-teacup": z.object({
    scorers: z
      .array(z.looseObject({ name: z.string().min(1).max(100) }))
      .min(1)
      .max(64),
  }),
});

/** The same for one attempt, another for the next. */
export const scoresId = ({ taskId, attempt }: LeasedScores): string => `${taskId}-${attempt}`;

/** The scorers that an endpoint's description names; null for one that draws. */
export function scorersIn(openApi: unknown): string[] | null {
  const described = Described.safeParse(openApi).data;
  return described ? described["x-teacup"].scorers.map(({ name }) => name) : null;
}

/** @throws RenderFailure that says what is wrong with the answer. */
export function readScores(status: number, text: string, asked: LeasedScores) {
  const parsed = ScoreOutput.safeParse(outputOf(status, text, scoresId(asked)));
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
    const answered = scores[at];
    const isWhole =
      answered?.values.length === asked.images &&
      answered.values.every((row) => row.length === texts.length);
    if ((answered?.model.weights_hash.length ?? 0) > LONGEST_HASH) {
      throw new RenderFailure("retryable", `The weights' hash is longer than ${LONGEST_HASH}`);
    }
    if (answered?.scorer !== scorer || !isWhole) {
      throw new RenderFailure(
        "retryable",
        `Expected ${scorer} for ${asked.images} images and ${texts.length} texts`,
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
      model: { name: model.name, revision: model.revision, weightsHash: model.weights_hash },
      values,
      truncated,
    })),
    timings,
  };
  checkNotes(answer, "answer");
  return answer;
}
