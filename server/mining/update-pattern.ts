import { and, eq } from "drizzle-orm";
import { patterns } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { nameKey } from "./domain/name-key";
import type { UpdatePattern } from "./domain/pattern-input";
import { lockPattern } from "./lock-pattern";
import { lockProject } from "./lock-project";
import { refuseTakenName } from "./refuse-taken-name";

/** Changes name, definition or category; pairs stay where they are. */
export async function updatePattern(
  { db, viewer, member }: MemberContext,
  { patternId, ...input }: UpdatePattern,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const { name, definition, category } = await lockPattern(tx, { projectId, patternId });
    await refuseTakenName(tx, { projectId, patternId, name: input.name });
    await tx
      .update(patterns)
      .set({ ...input, nameKey: nameKey(input.name) })
      .where(and(eq(patterns.id, patternId), eq(patterns.projectId, projectId)));
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "pattern.update",
      subjectId: patternId,
      payload: { from: { name, definition, category }, to: input },
    });
    await notifyLive(tx, { projectId, topic: "pattern", id: patternId });
  });
}
