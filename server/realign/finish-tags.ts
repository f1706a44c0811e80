import { asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { images, taggers, tags } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { hashOf } from "@/server/generation/hashes";
import { markDone } from "@/server/judging/follow-task";
import { lockHeldTask } from "@/server/judging/held-task";
import { asTagInput } from "@/server/judging/lease-task";
import type { BridgeContext } from "@/server/trpc/context";
import type { FinishTags } from "./schemas";

/** One fact, one transaction: everything found in these images and the task's end, or nothing. */
export async function finishTags({ db, bridge }: BridgeContext, answer: FinishTags): Promise<void> {
  await db.transaction(async (tx) => {
    const task = await lockHeldTask(tx, bridge.id, answer);
    if (task.scoringId) throw new AppError("INVALID", "Numbers are asked for here, not tags.");
    const drawn = await tx
      .select({ id: images.id })
      .from(images)
      .where(eq(images.renderId, task.renderId))
      .orderBy(asc(images.position));
    refuseOther(asTagInput(task).phrases, answer, drawn.length);
    const { id: taskId, projectId } = task;
    const taggerId = await knownTagger(tx, projectId, answer);
    const found = answer.images.flatMap(({ tags: of }, at) =>
      of.map((tag) => ({ ...tag, projectId, taskId, taggerId, imageId: drawn[at]?.id ?? "" })),
    );
    if (found.length > 0) await tx.insert(tags).values(found);
    await markDone(tx, task, answer.timings);
  });
}

function refuseOther(asked: readonly string[], { images: answered }: FinishTags, count: number) {
  const isAsAsked =
    answered.length === count &&
    answered.every(({ tags: of }) => {
      const phrases = of.map(({ phrase }) => phrase);
      const isOnce = new Set(phrases).size === phrases.length;
      return isOnce && phrases.every((phrase) => asked.includes(phrase));
    });
  if (!isAsAsked) {
    const words = asked.map((phrase) => `“${phrase}”`).join(" and ");
    throw new AppError("INVALID", `Expected where ${words} are, in each of ${count} images.`);
  }
}

async function knownTagger(
  tx: Tx,
  projectId: string,
  { detector, segmenter }: FinishTags,
): Promise<string> {
  const weightsHash = `${detector.model.weightsHash} ${segmenter.model.weightsHash}`;
  const contentHash = hashOf({ detector, segmenter });
  const [tagger] = await tx
    .insert(taggers)
    .values({ projectId, weightsHash, detector, segmenter, contentHash })
    // Changes nothing, and gives the row that is there.
    .onConflictDoUpdate({ target: [taggers.projectId, taggers.contentHash], set: { weightsHash } })
    .returning({ id: taggers.id });
  if (!tagger) throw new Error("The tagger was not inserted");
  return tagger.id;
}
