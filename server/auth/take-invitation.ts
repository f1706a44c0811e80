import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { invitations, memberships, projects } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { recordAudit } from "./record-audit";
import { invitationGone, isOpenInvitation } from "./show-invitation";

export type Joined = { slug: string; role: "owner" | "researcher" | "expert" };

/** Uses an invitation up and makes the account a member. @throws EXPIRED, CONFLICT */
export async function takeInvitation(tx: Tx, token: string, accountId: string): Promise<Joined> {
  // Marking it used is the claim: of two at once the second waits here and finds nothing.
  const [invitation] = await tx
    .update(invitations)
    .set({ usedBy: accountId, usedAt: sql`now()` })
    .where(isOpenInvitation(token))
    .returning();
  if (!invitation) throw invitationGone();
  const { projectId, role } = invitation;
  const [membership] = await tx
    .insert(memberships)
    .values({ projectId, accountId, role })
    .onConflictDoNothing({ target: [memberships.projectId, memberships.accountId] })
    .returning({ id: memberships.id });
  if (!membership) throw new AppError("CONFLICT", "You are in this project already");
  await recordAudit(tx, {
    actorId: accountId,
    projectId,
    action: "invitation.accept",
    subject: invitation.id,
    after: { role },
  });
  return { slug: await slugOf(tx, projectId), role };
}

async function slugOf(tx: Tx, projectId: string): Promise<string> {
  const [project] = await tx
    .select({ slug: projects.slug })
    .from(projects)
    .where(and(eq(projects.id, projectId)));
  if (!project) throw new Error("An invitation leads to a project that is gone");
  return project.slug;
}
