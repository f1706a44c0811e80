import { and, eq, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type Account, accounts, signInFailures } from "@/db/schema";
import { sha256 } from "@/server/core/secret";
import { passwordMatches, pretendToMatch } from "./hash-password";
import { refuseTooManyFailures } from "./refuse-too-many-failures";

export type Guess = { mail: string; password: string; address: string | null };

/** The account a mail and password belong to, null when they do not fit. @throws TOO_MANY */
export async function checkPassword(db: Db, guess: Guess): Promise<Account | null> {
  const mail = guess.mail.trim().toLowerCase();
  const attempt = { mailHash: sha256(mail), address: guess.address };
  // Counted as a failure until it is right, so that a hundred guesses at once are a hundred.
  const [recorded] = await db
    .insert(signInFailures)
    .values(attempt)
    .returning({ id: signInFailures.id });
  if (!recorded) throw new Error("An inserted attempt did not come back");
  const forget = () => db.delete(signInFailures).where(eq(signInFailures.id, recorded.id));
  try {
    await refuseTooManyFailures(db, { ...attempt, id: recorded.id });
  } catch (error) {
    // A refused attempt does not make the wait longer.
    await forget();
    throw error;
  }
  const account = await findAccount(db, mail);
  const hash = account?.passwordHash;
  const isRight = hash
    ? await passwordMatches(guess.password, hash)
    : await pretendToMatch(guess.password);
  if (account && isRight) {
    await forget();
    return account.disabledAt ? null : account;
  }
  await forgetOldFailures(db);
  return null;
}

async function findAccount(db: Db, mail: string): Promise<Account | undefined> {
  const [account] = await db
    .select()
    .from(accounts)
    .where(and(eq(sql`lower(${accounts.mail})`, mail), eq(accounts.isSimulated, false)));
  return account;
}

const forgetOldFailures = (db: Db) =>
  db.delete(signInFailures).where(lt(signInFailures.createdAt, sql`now() - interval '1 day'`));
