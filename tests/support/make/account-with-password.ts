import { randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import { type Account, accounts } from "@/db/schema";
import { hashPassword } from "@/server/auth/hash-password";
import type { ViewerContext } from "@/server/trpc/context";

export const PASSWORD = "correct horse cup";
// Hashing is slow on purpose: one hash serves every account of a test file.
let hash: Promise<string> | undefined;

export async function makeAccountWithPassword(
  db: Db,
  values: Partial<typeof accounts.$inferInsert> = {},
): Promise<Account> {
  hash ??= hashPassword(PASSWORD);
  const [account] = await db
    .insert(accounts)
    .values({
      name: "Ann",
      mail: `${randomUUID()}@example.org`,
      passwordHash: await hash,
      ...values,
    })
    .returning();
  return account!;
}

/** The account as verbs see who asks. */
export const asViewer = (db: Db, { id, name, mail, isAdmin }: Account): ViewerContext => ({
  db,
  viewer: { accountId: id, name, mail, isAdmin },
});
