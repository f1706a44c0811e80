import { and, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, invitations, projects } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { sha256 } from "@/server/core/secret";

export const isOpenInvitation = (token: string): SQL | undefined =>
  and(
    eq(invitations.tokenHash, sha256(token)),
    isNull(invitations.usedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, sql`now()`),
  );

export const invitationGone = () =>
  new AppError(
    "EXPIRED",
    "This invitation was used, revoked or is too old. Please ask for a new one",
  );

/** What somebody who holds the link may know, null when it does not work any more. */
export async function showInvitation({ db }: { db: DbOrTx }, { token }: { token: string }) {
  const [found] = await db
    .select({
      role: invitations.role,
      project: projects.name,
      invitedBy: accounts.name,
    })
    .from(invitations)
    .innerJoin(projects, eq(projects.id, invitations.projectId))
    .innerJoin(accounts, eq(accounts.id, invitations.invitedBy))
    .where(isOpenInvitation(token));
  return found ?? null;
}
