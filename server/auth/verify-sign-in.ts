import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { accounts, signInFailures } from "@/db/schema";
import { sha256 } from "@/server/core/secret";
import { passwordMatches, pretendToMatch } from "./hash-password";
import { refuseTooManyFailures } from "./refuse-too-many-failures";
import type { SignIn } from "./schemas";
import type { Session } from "./session";

/** The session of a right mail and password, null for a wrong one. @throws TOO_MANY */
export async function verifySignIn(
  db: Db,
  { mail, password, address }: SignIn & { address: string | null },
): Promise<Session | null> {
  const attempt = { mailHash: sha256(mail.trim().toLowerCase()), address };
  await refuseTooManyFailures(db, attempt);
  const [account] = await db
    .select()
    .from(accounts)
    .where(eq(sql`lower(${accounts.mail})`, mail.trim().toLowerCase()));
  const hash = account?.disabledAt ? null : account?.passwordHash;
  const isRight = hash ? await passwordMatches(password, hash) : await pretendToMatch(password);
  if (account && isRight) {
    return { accountId: account.id, sessionVersion: account.sessionVersion };
  }
  await db.insert(signInFailures).values(attempt);
  return null;
}
