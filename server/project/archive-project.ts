import { eq, sql } from "drizzle-orm";
import { projects } from "@/db/schema";
import { recordAudit } from "@/server/auth/record-audit";
import type { MemberContext } from "@/server/trpc/context";
import { recordDecision } from "./record-decision";
import type { ArchiveProject } from "./schemas";

/** An archived project leaves the lists; nothing in it changes, and it can be brought back. */
export async function archiveProject(
  { db, viewer, member }: MemberContext,
  { archived }: ArchiveProject,
): Promise<void> {
  const action = archived ? "project.archive" : "project.bring-back";
  await db.transaction(async (tx) => {
    await tx
      .update(projects)
      .set({ archivedAt: archived ? sql`now()` : null })
      .where(eq(projects.id, member.projectId));
    await recordDecision(tx, {
      projectId: member.projectId,
      actorId: viewer.accountId,
      action,
      subjectId: member.projectId,
      payload: {},
    });
    await recordAudit(tx, {
      actorId: viewer.accountId,
      projectId: member.projectId,
      action,
      subject: member.slug,
    });
  });
}
