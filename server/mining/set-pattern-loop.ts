import { and, eq } from "drizzle-orm";
import { patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { endPatternWaits } from "@/server/loop/wait";
import { wake } from "@/server/loop/wake";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import type { SetPatternLoop } from "./domain/pattern-input";
import { lockPattern } from "./lock-pattern";

/** Whether a pattern's loop goes on by itself, before which steps it asks, and how much it asks for at once. */
export async function setPatternLoop(
  { db, viewer, member }: MemberContext,
  { patternId, ...settings }: SetPatternLoop,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    const pattern = await lockPattern(tx, { projectId, patternId });
    if (pattern.state !== "approved")
      throw new AppError("CONFLICT", `“${pattern.name}” is ${pattern.state}: approve it first`);
    const { isAuto, askSteps, batchSize } = pattern;
    await tx
      .update(patterns)
      .set(settings)
      .where(and(eq(patterns.id, patternId), eq(patterns.projectId, projectId)));
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "pattern.set-loop",
      subjectId: patternId,
      payload: { from: { isAuto, askSteps, batchSize }, to: settings },
    });
    await wake(tx, patternId);
    if (!settings.isAuto) await endPatternWaits(tx, { projectId, patternId });
    await notifyLive(tx, { projectId, topic: "pattern", id: patternId });
  });
}
