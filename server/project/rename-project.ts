import { eq } from "drizzle-orm";
import { projects } from "@/db/schema";
import { recordAudit } from "@/server/auth/record-audit";
import type { MemberContext } from "@/server/trpc/context";
import { recordDecision } from "./record-decision";
import type { RenameProject } from "./schemas";

/** Changes the name alone: the address stays, so that links keep working. */
export async function renameProject(
  { db, viewer, member }: MemberContext,
  { name }: RenameProject,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [before] = await tx
      .select({ name: projects.name })
      .from(projects)
      .where(eq(projects.id, member.projectId))
      .for("update");
    if (before?.name === name) return;
    await tx.update(projects).set({ name }).where(eq(projects.id, member.projectId));
    await recordDecision(tx, {
      projectId: member.projectId,
      actorId: viewer.accountId,
      action: "project.rename",
      subjectId: member.projectId,
      payload: { from: before?.name, to: name },
    });
    await recordAudit(tx, {
      actorId: viewer.accountId,
      projectId: member.projectId,
      action: "project.rename",
      subject: member.slug,
      before: { name: before?.name },
      after: { name },
    });
  });
}
