import { and, asc, eq } from "drizzle-orm";
import { accounts, memberships } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";

export async function listMembers({ db, member }: MemberContext) {
  return db
    .select({
      accountId: accounts.id,
      name: accounts.name,
      mail: accounts.mail,
      role: memberships.role,
      disabledAt: accounts.disabledAt,
      joinedAt: memberships.createdAt,
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.projectId, member.projectId), eq(accounts.isSimulated, false)))
    .orderBy(asc(memberships.role), asc(accounts.name));
}
