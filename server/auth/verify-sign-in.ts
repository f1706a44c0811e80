import type { Db } from "@/db/client";
import { checkPassword, type Guess } from "./check-password";
import type { Session } from "./session";

/** The session that a right mail and password open, null for wrong ones. @throws TOO_MANY */
export async function verifySignIn(db: Db, guess: Guess): Promise<Session | null> {
  const account = await checkPassword(db, guess);
  return account && { accountId: account.id, sessionVersion: account.sessionVersion };
}
