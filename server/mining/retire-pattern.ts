import { and, eq } from "drizzle-orm";
import { patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { endPatternWaits } from "@/server/loop/wait";
import { wake } from "@/server/loop/wake";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import type { RetirePattern } from "./domain/pattern-input";
import { lockPattern } from "./lock-pattern";

/** A retired pattern is asked for no more pairs; those it has stay, and it can be taken up again. */
export async function retirePattern(
  { db, viewer, member }: MemberContext,
  { patternId, retired }: RetirePattern,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    const { state, name } = await lockPattern(tx, { projectId, patternId });
    const wanted = retired ? "retired" : "approved";
    if (state === wanted) return;
    if (state !== "approved" && state !== "retired")
      throw new AppError(
        "CONFLICT",
        `“${name}” is ${state}: only an approved pattern can be retired`,
      );
    await tx
      .update(patterns)
      .set({ state: wanted })
      .where(and(eq(patterns.id, patternId), eq(patterns.projectId, projectId)));
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: retired ? "pattern.retire" : "pattern.take-up",
      subjectId: patternId,
      payload: {},
    });
    if (retired) await endPatternWaits(tx, { projectId, patternId });
    else await wake(tx, patternId);
    await notifyLive(tx, { projectId, topic: "pattern", id: patternId });
  });
}
