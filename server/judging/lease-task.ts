import { randomUUID } from "node:crypto";
import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { images, type JudgeTask, judgeTasks } from "@/db/schema";
import { isAnyOpen } from "@/server/generation/is-any-open";
import { LEASE_SECONDS } from "@/server/generation/lease-renders";
import type { TagInput } from "@/server/realign/domain/tag-phrases";
import type { ScoreInput } from "@/server/scoring/scored-renders";
import type { BridgeContext } from "@/server/trpc/context";
import { expireTasks } from "./expire-tasks";
import { tellOf } from "./follow-task";
import type { LeaseTask } from "./schemas";

/** What is asked of every image: numbers for texts, or where things are. */
export type Judging =
  | { kind: "scores"; scores: { scorer: string; texts: string[] }[] }
  | { kind: "tags"; phrases: string[] };
export type LeasedTask = {
  taskId: string;
  attempt: number;
  leaseToken: string;
  /** How many there are to be fetched, from place 0. */
  images: number;
  asked: Judging;
};

/** Gives the bridge the oldest task that may start now, to it alone; null when there is none. */
export async function leaseTask(
  { db, bridge }: BridgeContext,
  { endpoint }: z.infer<typeof LeaseTask>,
): Promise<LeasedTask | null> {
  if (!(await isAnyOpen(db, judgeTasks, endpoint))) return null;
  return db.transaction(async (tx) => {
    await expireTasks(tx, endpoint);
    const [task] = await tx
      .select()
      .from(judgeTasks)
      .where(
        and(
          eq(judgeTasks.endpointName, endpoint),
          eq(judgeTasks.state, "queued"),
          lte(judgeTasks.notBefore, sql`now()`),
        ),
      )
      .orderBy(asc(judgeTasks.id))
      .limit(1)
      .for("update", { skipLocked: true });
    if (!task) return null;
    const leaseToken = randomUUID();
    await tx
      .update(judgeTasks)
      .set({
        state: "leased",
        leaseToken,
        leasedBy: bridge.id,
        leasedUntil: sql`now() + ${LEASE_SECONDS} * interval '1 second'`,
      })
      .where(eq(judgeTasks.id, task.id));
    await tellOf(tx, task);
    return {
      taskId: task.id,
      attempt: task.attempt,
      leaseToken,
      images: await countImages(tx, task.renderId),
      asked: askedIn(task),
    };
  });
}

const countImages = (tx: Tx, renderId: string) => tx.$count(images, eq(images.renderId, renderId));

function askedIn(task: JudgeTask): Judging {
  if (!task.scoringId) return { kind: "tags", phrases: asTagInput(task).phrases };
  const scores = asScoreInput(task).scores.map(({ scorer, texts }) => ({
    scorer,
    texts: texts.map(({ text }) => text),
  }));
  return { kind: "scores", scores };
}

/** Guaranteed by `startScoring`, the only writer of tasks that have a scoring. */
export const asScoreInput = ({ input }: JudgeTask) => input as ScoreInput;
/** Guaranteed by `askForTags`, the only writer of tasks that have none. */
export const asTagInput = ({ input }: JudgeTask) => input as TagInput;
