import { and, eq, ne } from "drizzle-orm";
import { patterns, projects } from "@/db/schema";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { patternNameTaken } from "./create-pattern";
import { nameKey } from "./domain/name-key";
import type { UpdatePattern } from "./domain/pattern-input";
import { findPattern } from "./find-pattern";

/** Changes name, definition or category; pairs stay where they are. */
export async function updatePattern(
  { db, viewer, member }: MemberContext,
  { patternId, ...input }: UpdatePattern,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    // Two people who choose one name for two patterns at once: the second must see the first's.
    await tx
      .select({ id: projects.id })
      .from(projects)
      .where(eq(projects.id, projectId))
      .for("no key update");
    const { name, definition, category } = await findPattern(tx, { projectId, patternId });
    const key = nameKey(input.name);
    const [namesake] = await tx
      .select({ id: patterns.id })
      .from(patterns)
      .where(
        and(
          eq(patterns.projectId, projectId),
          eq(patterns.nameKey, key),
          ne(patterns.id, patternId),
        ),
      );
    if (namesake) throw patternNameTaken(input.name);
    await tx
      .update(patterns)
      .set({ ...input, nameKey: key })
      .where(and(eq(patterns.id, patternId), eq(patterns.projectId, projectId)));
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "pattern.update",
      subjectId: patternId,
      payload: { from: { name, definition, category }, to: input },
    });
  });
}
