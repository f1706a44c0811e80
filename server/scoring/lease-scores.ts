import { randomUUID } from "node:crypto";
import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { images, scoreTasks } from "@/db/schema";
import { LEASE_SECONDS } from "@/server/generation/lease-renders";
import { notifyLive } from "@/server/live/live";
import type { BridgeContext } from "@/server/trpc/context";
import { expireTasks } from "./expire-tasks";
import type { LeaseScores } from "./schemas";
import type { ScoreInput } from "./scored-renders";

export type LeasedScores = {
  taskId: string;
  attempt: number;
  leaseToken: string;
  /** How many there are to be fetched, from place 0. */
  images: number;
  scores: { scorer: string; texts: string[] }[];
};

/** Gives the bridge the oldest task that may start now, to it alone; null when there is none. */
export async function leaseScores(
  { db, bridge }: BridgeContext,
  { endpoint }: z.infer<typeof LeaseScores>,
): Promise<LeasedScores | null> {
  return db.transaction(async (tx) => {
    await expireTasks(tx, endpoint);
    const [task] = await tx
      .select()
      .from(scoreTasks)
      .where(
        and(
          eq(scoreTasks.endpointName, endpoint),
          eq(scoreTasks.state, "queued"),
          lte(scoreTasks.notBefore, sql`now()`),
        ),
      )
      .orderBy(asc(scoreTasks.id))
      .limit(1)
      .for("update", { skipLocked: true });
    if (!task) return null;
    const leaseToken = randomUUID();
    await tx
      .update(scoreTasks)
      .set({
        state: "leased",
        leaseToken,
        leasedBy: bridge.id,
        leasedUntil: sql`now() + ${LEASE_SECONDS} * interval '1 second'`,
      })
      .where(eq(scoreTasks.id, task.id));
    await notifyLive(tx, { projectId: task.projectId, topic: "score", id: task.scoringId });
    const { scores } = asScoreInput(task.input);
    return {
      taskId: task.id,
      attempt: task.attempt,
      leaseToken,
      images: await countImages(tx, task.renderId),
      scores: scores.map(({ scorer, texts }) => ({ scorer, texts: texts.map(({ text }) => text) })),
    };
  });
}

const countImages = (tx: Tx, renderId: string) => tx.$count(images, eq(images.renderId, renderId));

/** Guaranteed by `startScoring`, the only writer of the column. */
export const asScoreInput = (input: unknown) => input as ScoreInput;
