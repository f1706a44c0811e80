import { and, eq } from "drizzle-orm";
import { patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import type { MergePattern } from "./domain/pattern-input";
import { lockPatterns } from "./lock-patterns";
import { lockProject } from "./lock-project";
import { refuseDecided } from "./refuse-decided";
import { takeExamples } from "./take-examples";

/**
 * A proposed pattern says what another one says: it stands in that one's name from then on, and its
 * examples, if it has any, go there. Merging twice changes nothing.
 */
export async function mergePattern(
  { db, viewer, member }: MemberContext,
  { patternId, intoId }: MergePattern,
): Promise<void> {
  const { projectId } = member;
  if (patternId === intoId)
    throw new AppError("INVALID", "A pattern cannot be merged into itself. Choose another one.");
  await db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const [pattern, target] = await lockPatterns(tx, {
      projectId,
      patternIds: [patternId, intoId],
    });
    if (!pattern || !target) throw new Error("A locked pattern is not among the locked ones");
    if (pattern.mergedIntoId === intoId) return;
    refuseDecided(pattern);
    if (target.state !== "approved")
      throw new AppError(
        "CONFLICT",
        `“${target.name}” is ${target.state}. Choose an approved one.`,
      );
    await tx
      .update(patterns)
      .set({ state: "merged", mergedIntoId: intoId })
      .where(and(eq(patterns.id, patternId), eq(patterns.projectId, projectId)));
    const taken = await takeExamples(tx, {
      proposed: pattern,
      target,
      actorId: viewer.accountId,
    });
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "pattern.merge",
      subjectId: patternId,
      payload: { intoId, ...taken, exchangeId: pattern.exchangeId },
    });
    await notifyLive(tx, { projectId, topic: "pattern", id: patternId });
  });
}
