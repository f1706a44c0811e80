import { and, eq, inArray, sql } from "drizzle-orm";
import { judgeTasks, scorings } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { FREE } from "@/server/judging/held-task";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";

/** What is scored stays; what waits or is being scored stops. */
export async function cancelScoring(
  { db, viewer, member }: MemberContext,
  { number }: { number: number },
): Promise<{ stopped: number }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    // Tasks before their scoring, as whoever ends a task locks them.
    const [found] = await tx
      .select({ id: scorings.id })
      .from(scorings)
      .where(and(eq(scorings.projectId, projectId), eq(scorings.number, number)));
    if (!found) throw new AppError("NOT_FOUND", "No such scoring.");
    const stopped = await tx
      .update(judgeTasks)
      .set({ ...FREE, state: "cancelled", finishedAt: sql`now()` })
      .where(
        and(eq(judgeTasks.scoringId, found.id), inArray(judgeTasks.state, ["queued", "leased"])),
      )
      .returning({ id: judgeTasks.id });
    const ended = await tx
      .update(scorings)
      .set({ state: "cancelled", finishedAt: sql`now()` })
      .where(and(eq(scorings.id, found.id), eq(scorings.state, "active")))
      .returning({ id: scorings.id });
    if (ended.length === 0) return { stopped: 0 };
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "scoring.cancel",
      subjectId: found.id,
      payload: { number, stopped: stopped.length },
    });
    await notifyLive(tx, { projectId, topic: "score", id: found.id });
    return { stopped: stopped.length };
  });
}
