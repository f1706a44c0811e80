import { and, eq } from "drizzle-orm";
import { memberships } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { endSessions } from "./end-sessions";
import { keepAnOwner, lockMembership } from "./lock-membership";
import { recordAudit } from "./record-audit";
import type { ChangeRole } from "./schemas";

export async function changeRole(
  { db, viewer, member, renewSession }: MemberContext,
  { accountId, role }: ChangeRole,
): Promise<void> {
  const place = { projectId: member.projectId, accountId };
  const version = await db.transaction(async (tx) => {
    if (role !== "owner") await keepAnOwner(tx, place);
    const before = await lockMembership(tx, place);
    if (before === role) return null;
    await tx
      .update(memberships)
      .set({ role })
      .where(
        and(eq(memberships.projectId, member.projectId), eq(memberships.accountId, accountId)),
      );
    const raised = await endSessions(tx, accountId);
    await recordAudit(tx, {
      actorId: viewer.accountId,
      projectId: member.projectId,
      action: "member.change-role",
      subject: accountId,
      before: { role: before },
      after: { role },
    });
    return raised;
  });
  if (version !== null && accountId === viewer.accountId) await renewSession?.(version);
}
