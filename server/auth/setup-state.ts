import { timingSafeEqual } from "node:crypto";
import { isNotNull } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts } from "@/db/schema";
import { env } from "@/server/core/env";
import { sha256 } from "@/server/core/secret";

export type SetupState = "open" | "wrong_link" | "done";

/** Whether a setup link may still make the first account. */
export async function setupState({ db }: { db: DbOrTx }, token: string): Promise<SetupState> {
  const [someone] = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(isNotNull(accounts.passwordHash))
    .limit(1);
  if (someone) return "done";
  return isSetupToken(token) ? "open" : "wrong_link";
}

function isSetupToken(token: string): boolean {
  const expected = env().SETUP_TOKEN;
  if (!expected) return false;
  return timingSafeEqual(Buffer.from(sha256(token)), Buffer.from(sha256(expected)));
}
