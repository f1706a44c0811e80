import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts } from "@/db/schema";

/** Ends every session of an account at once; gives the version that new ones carry. */
export async function endSessions(
  tx: Tx,
  accountId: string,
  also: { passwordHash?: string; isAdmin?: boolean; disabledAt?: Date | null } = {},
): Promise<number> {
  const [account] = await tx
    .update(accounts)
    .set({ ...also, sessionVersion: sql`${accounts.sessionVersion} + 1` })
    .where(eq(accounts.id, accountId))
    .returning({ sessionVersion: accounts.sessionVersion });
  if (!account) throw new Error("The account whose sessions should end is gone");
  return account.sessionVersion;
}
