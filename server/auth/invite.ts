import { sql } from "drizzle-orm";
import { invitations } from "@/db/schema";
import { env } from "@/server/core/env";
import { newToken, sha256 } from "@/server/core/secret";
import type { MemberContext } from "@/server/trpc/context";
import { recordAudit } from "./record-audit";
import type { Invite } from "./schemas";

export const INVITATION_DAYS = 7;

/** The link is shown once; only its hash is kept. */
export async function invite(
  { db, viewer, member }: MemberContext,
  { role }: Invite,
): Promise<{ url: string; days: number }> {
  const token = newToken();
  await db.transaction(async (tx) => {
    const [invitation] = await tx
      .insert(invitations)
      .values({
        projectId: member.projectId,
        role,
        tokenHash: sha256(token),
        invitedBy: viewer.accountId,
        expiresAt: sql`now() + make_interval(days => ${INVITATION_DAYS})`,
      })
      .returning({ id: invitations.id });
    await recordAudit(tx, {
      actorId: viewer.accountId,
      projectId: member.projectId,
      action: "invitation.create",
      subject: invitation?.id ?? "",
      after: { role },
    });
  });
  return { url: `${env().APP_URL.replace(/\/$/, "")}/invite/${token}`, days: INVITATION_DAYS };
}
