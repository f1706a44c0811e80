import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type JudgeTask, judgeTasks } from "@/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { notifyLive } from "@/server/live/live";
import { settleScorings } from "@/server/scoring/settle-scorings";
import { FREE } from "./held-task";

/** Its answer is written down: nobody holds it any more, and what waits for it goes on. */
export async function markDone(tx: Tx, task: JudgeTask, timings: object): Promise<void> {
  await tx
    .update(judgeTasks)
    .set({ ...FREE, state: "done", reason: null, timings, finishedAt: sql`now()` })
    .where(eq(judgeTasks.id, task.id));
  await goOn(tx, task);
  await tellOf(tx, task);
}

/** Call when a task ended, with an answer or for good without one. */
export async function goOn(tx: Tx, { scoringId, projectId, renderId }: JudgeTask): Promise<void> {
  if (scoringId) await settleScorings(tx, projectId);
  else await enqueue(tx, "realign.advance", { firstRenderId: renderId });
}

/** Screens show a scoring, or the render whose first image is tagged. */
export const tellOf = (tx: Tx, { projectId, scoringId, renderId }: JudgeTask) =>
  notifyLive(
    tx,
    scoringId
      ? { projectId, topic: "score", id: scoringId }
      : { projectId, topic: "render", id: renderId },
  );
