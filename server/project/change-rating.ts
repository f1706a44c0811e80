import { eq } from "drizzle-orm";
import { projects } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { recordDecision } from "./record-decision";
import { type ChangeRating, ProjectSettings } from "./schemas";

/** How raters judge from now on; grids that are open already keep their mode. */
export async function changeRating(
  { db, viewer, member }: MemberContext,
  to: ChangeRating,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [project] = await tx
      .select({ settings: projects.settings })
      .from(projects)
      .where(eq(projects.id, member.projectId))
      .for("update");
    const before = ProjectSettings.parse(project?.settings);
    const from = { ratingMode: before.ratingMode, detail: before.detail };
    if (from.ratingMode === to.ratingMode && from.detail === to.detail) return;
    await tx
      .update(projects)
      .set({ settings: { ...before, ...to } })
      .where(eq(projects.id, member.projectId));
    await recordDecision(tx, {
      projectId: member.projectId,
      actorId: viewer.accountId,
      action: "project.rating",
      subjectId: member.projectId,
      payload: { from, to },
    });
  });
}
