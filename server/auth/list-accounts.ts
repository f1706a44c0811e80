import { asc, count, eq } from "drizzle-orm";
import { accounts, memberships } from "@/db/schema";
import type { ViewerContext } from "@/server/trpc/context";

/** Everybody who can sign in, and how many projects each is in. */
export async function listAccounts({ db }: ViewerContext) {
  return db
    .select({
      id: accounts.id,
      name: accounts.name,
      mail: accounts.mail,
      isAdmin: accounts.isAdmin,
      disabledAt: accounts.disabledAt,
      createdAt: accounts.createdAt,
      projects: count(memberships.id),
    })
    .from(accounts)
    .leftJoin(memberships, eq(memberships.accountId, accounts.id))
    .where(eq(accounts.isSimulated, false))
    .groupBy(accounts.id)
    .orderBy(asc(accounts.name), asc(accounts.id));
}
