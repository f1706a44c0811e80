import { and, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, passwordResets } from "@/db/schema";
import { sha256 } from "@/server/core/secret";

export const isOpenResetLink = (token: string): SQL | undefined =>
  and(
    eq(passwordResets.tokenHash, sha256(token)),
    isNull(passwordResets.usedAt),
    gt(passwordResets.expiresAt, sql`now()`),
  );

/** Whose password the link sets, null when it is used up, too old or unknown. */
export async function showResetLink({ db }: { db: DbOrTx }, { token }: { token: string }) {
  const [found] = await db
    .select({ name: accounts.name, mail: accounts.mail })
    .from(passwordResets)
    .innerJoin(accounts, eq(accounts.id, passwordResets.accountId))
    .where(and(isOpenResetLink(token), isNull(accounts.disabledAt)));
  return found ?? null;
}
