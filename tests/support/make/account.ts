import { randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import { type Account, accounts } from "@/db/schema";

export async function makeAccount(
  db: Db,
  values: Partial<typeof accounts.$inferInsert> = {},
): Promise<Account> {
  const [account] = await db
    .insert(accounts)
    .values({ name: "Ann", mail: `${randomUUID()}@example.org`, ...values })
    .returning();
  return account!;
}
