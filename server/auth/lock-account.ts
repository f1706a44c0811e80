import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Account, accounts } from "@/db/schema";
import { AppError } from "@/server/core/errors";

/** Holds one account for a change. @throws NOT_FOUND */
export async function lockAccount(tx: Tx, accountId: string): Promise<Account> {
  const [account] = await tx
    .select()
    .from(accounts)
    .where(and(eq(accounts.id, accountId), eq(accounts.isSimulated, false)))
    .for("update");
  if (!account) throw new AppError("NOT_FOUND", "There is no such account");
  return account;
}
