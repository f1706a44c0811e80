import { asc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { insertMany } from "@/db/insert-many";
import { generatorRevisions, images, renders, scorers, scores } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { hashOf } from "@/server/generation/hashes";
import { markDone } from "@/server/judging/follow-task";
import { lockHeldTask } from "@/server/judging/held-task";
import { asScoreInput } from "@/server/judging/lease-task";
import type { BridgeContext } from "@/server/trpc/context";
import type { AskedScorer } from "./domain/score-texts";
import { steeringScorer } from "./domain/steering-scorer";
import type { Answered, FinishScores } from "./schemas";

/** One fact, one transaction: every number of these images and the task's end, or nothing. A number that is there stays as it is. */
export async function finishScores(
  { db, bridge }: BridgeContext,
  answer: FinishScores,
): Promise<void> {
  await db.transaction(async (tx) => {
    const task = await lockHeldTask(tx, bridge.id, answer);
    if (!task.scoringId) throw new AppError("INVALID", "Tags are asked for here, not numbers.");
    const { scores: asked } = asScoreInput(task);
    const drawn = await readDrawn(tx, task.renderId);
    refuseOtherShape(asked, answer.scores, drawn.length);
    for (const [at, { scorer, texts }] of asked.entries()) {
      const answered = answer.scores[at];
      if (!answered) continue;
      const scorerId = await knownScorer(tx, task.projectId, answered);
      const rows = drawn.flatMap(({ imageId, steeredBy }, row) =>
        texts.map(({ name, text }, column) => ({
          projectId: task.projectId,
          imageId,
          scorerId,
          name,
          text,
          value: answered.values[row]?.[column] ?? 0,
          unread: answered.truncated[text] ?? null,
          steeredMethod: steeredBy === scorer,
        })),
      );
      await insertMany(tx, scores, rows, sql`on conflict do nothing`);
    }
    await markDone(tx, task, answer.timings);
  });
}

/** The images of the render by place, and the scorer that had a say in each. */
async function readDrawn(tx: Tx, renderId: string) {
  const rows = await tx
    .select({
      imageId: images.id,
      position: images.position,
      method: generatorRevisions.method,
      trace: renders.trace,
    })
    .from(images)
    .innerJoin(renders, eq(renders.id, images.renderId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, renders.generatorRevisionId))
    .where(eq(images.renderId, renderId))
    .orderBy(asc(images.position));
  return rows.map(({ imageId, method, trace, position }) => ({
    imageId,
    steeredBy: steeringScorer(method, trace, position),
  }));
}

function refuseOtherShape(
  asked: readonly AskedScorer[],
  answered: readonly Answered[],
  count: number,
) {
  const isAsAsked =
    answered.length === asked.length &&
    answered.every(({ scorer, values }, at) => {
      const texts = asked[at]?.texts.length;
      const isWhole = values.length === count && values.every((row) => row.length === texts);
      return scorer === asked[at]?.scorer && isWhole;
    });
  if (!isAsAsked) {
    const scored = asked.map(({ scorer, texts }) => `${texts.length} of ${scorer}`).join(", ");
    throw new AppError("INVALID", `Expected for each of ${count} images: ${scored}.`);
  }
}

async function knownScorer(
  tx: Tx,
  projectId: string,
  { scorer: name, version, settings, model }: Answered,
): Promise<string> {
  const values = {
    projectId,
    name,
    version,
    model: model.name,
    modelRevision: model.revision,
    weightsHash: model.weightsHash,
    settings,
    contentHash: hashOf({ name, version, settings, weightsHash: model.weightsHash }),
  };
  const [scorer] = await tx
    .insert(scorers)
    .values(values)
    // Changes nothing, and gives the row that is there.
    .onConflictDoUpdate({ target: [scorers.projectId, scorers.contentHash], set: { name } })
    .returning({ id: scorers.id });
  if (!scorer) throw new Error("The scorer was not inserted");
  return scorer.id;
}
