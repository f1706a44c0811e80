import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { accounts, invitations } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";

/** The invitations that still work. */
export async function listInvitations({ db, member }: MemberContext) {
  return db
    .select({
      id: invitations.id,
      role: invitations.role,
      invitedBy: accounts.name,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .innerJoin(accounts, eq(accounts.id, invitations.invitedBy))
    .where(
      and(
        eq(invitations.projectId, member.projectId),
        isNull(invitations.usedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, sql`now()`),
      ),
    )
    .orderBy(desc(invitations.createdAt));
}
