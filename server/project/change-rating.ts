import { eq } from "drizzle-orm";
import { projects } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { recordDecision } from "./record-decision";
import { type ChangeRating, ProjectSettings } from "./schemas";

const CHOSEN = ["ratersPerGrid", "ratingMode", "detail", "audit", "boundaryRouting"] as const;

/** How raters judge from now on; grids that are open already keep their mode and their raters. */
export async function changeRating(
  { db, viewer, member }: MemberContext,
  wanted: ChangeRating,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [project] = await tx
      .select({ settings: projects.settings })
      .from(projects)
      .where(eq(projects.id, member.projectId))
      .for("update");
    const before = ProjectSettings.parse(project?.settings);
    const after = ProjectSettings.parse({ ...before, ...wanted });
    const changed = CHOSEN.filter((name) => before[name] !== after[name]);
    if (changed.length === 0) return;
    await tx.update(projects).set({ settings: after }).where(eq(projects.id, member.projectId));
    await recordDecision(tx, {
      projectId: member.projectId,
      actorId: viewer.accountId,
      action: "project.rating",
      subjectId: member.projectId,
      payload: { from: pick(before, CHOSEN), to: pick(after, CHOSEN) },
    });
  });
}

const pick = (settings: ProjectSettings, names: typeof CHOSEN) =>
  Object.fromEntries(names.map((name) => [name, settings[name]]));
