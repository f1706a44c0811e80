import { and, eq, isNull, sql } from "drizzle-orm";
import { invitations } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { recordAudit } from "./record-audit";
import type { RevokeInvitation } from "./schemas";

export async function revokeInvitation(
  { db, viewer, member }: MemberContext,
  { invitationId }: RevokeInvitation,
): Promise<void> {
  await db.transaction(async (tx) => {
    const revoked = await tx
      .update(invitations)
      .set({ revokedAt: sql`now()` })
      .where(
        and(
          eq(invitations.id, invitationId),
          eq(invitations.projectId, member.projectId),
          isNull(invitations.usedAt),
          isNull(invitations.revokedAt),
        ),
      )
      .returning({ id: invitations.id });
    if (revoked.length === 0) {
      throw new AppError("NOT_FOUND", "This invitation was used or revoked already");
    }
    await recordAudit(tx, {
      actorId: viewer.accountId,
      projectId: member.projectId,
      action: "invitation.revoke",
      subject: invitationId,
    });
  });
}
