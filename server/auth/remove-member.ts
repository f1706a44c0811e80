import { and, eq } from "drizzle-orm";
import { memberships, seats } from "@/db/schema";
import { freeKept } from "@/server/rating/free-kept";
import type { MemberContext } from "@/server/trpc/context";
import { endSessions } from "./end-sessions";
import { keepAnOwner, lockMembership } from "./lock-membership";
import { recordAudit } from "./record-audit";
import type { RemoveMember } from "./schemas";

/** The person leaves the project; what they rated and decided stays, and what was kept for them is anybody's. */
export async function removeMember(
  { db, viewer, member, renewSession }: MemberContext,
  { accountId }: RemoveMember,
): Promise<void> {
  const place = { projectId: member.projectId, accountId };
  const version = await db.transaction(async (tx) => {
    await keepAnOwner(tx, place);
    const role = await lockMembership(tx, place);
    await tx
      .delete(memberships)
      .where(
        and(eq(memberships.projectId, member.projectId), eq(memberships.accountId, accountId)),
      );
    const raised = await endSessions(tx, accountId);
    // Also where they sit just now: they can submit nothing there any more.
    const whose = { projectId: member.projectId, actorId: viewer.accountId };
    await freeKept(tx, whose, eq(seats.raterId, accountId));
    await recordAudit(tx, {
      actorId: viewer.accountId,
      projectId: member.projectId,
      action: "member.remove",
      subject: accountId,
      before: { role },
    });
    return raised;
  });
  if (accountId === viewer.accountId) await renewSession?.(version);
}

/** Anybody may leave by themselves, but for the last owner. */
export const leaveProject = (context: MemberContext): Promise<void> =>
  removeMember(context, { accountId: context.viewer.accountId });
