import { and, eq } from "drizzle-orm";
import { patterns } from "@/db/schema";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import type { RetirePattern } from "./domain/pattern-input";
import { findPattern } from "./find-pattern";

/** A retired pattern is asked for no more pairs; those it has stay, and it can be taken up again. */
export async function retirePattern(
  { db, viewer, member }: MemberContext,
  { patternId, retired }: RetirePattern,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    await findPattern(tx, { projectId, patternId });
    await tx
      .update(patterns)
      .set({ state: retired ? "retired" : "approved" })
      .where(and(eq(patterns.id, patternId), eq(patterns.projectId, projectId)));
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: retired ? "pattern.retire" : "pattern.take-up",
      subjectId: patternId,
      payload: {},
    });
  });
}
