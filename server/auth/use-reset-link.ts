import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Db, DbOrTx } from "@/db/client";
import { accounts, passwordResets } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { sha256 } from "@/server/core/secret";
import { endSessions } from "./end-sessions";
import { hashPassword } from "./hash-password";
import { recordAudit } from "./record-audit";
import type { UseResetLink } from "./schemas";

const isOpen = (token: string) =>
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
    .where(and(isOpen(token), isNull(accounts.disabledAt)));
  return found ?? null;
}

/** Sets the new password and ends every session. Gives the mail to sign in with. */
export async function useResetLink(
  { db }: { db: Db },
  { token, password }: UseResetLink,
): Promise<{ mail: string }> {
  const known = await showResetLink({ db }, { token });
  if (!known) throw expired();
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    // Using it is the claim: of two at once the second finds it used.
    const [reset] = await tx
      .update(passwordResets)
      .set({ usedAt: sql`now()` })
      .where(isOpen(token))
      .returning({ accountId: passwordResets.accountId });
    if (!reset) throw expired();
    await endSessions(tx, reset.accountId, { passwordHash });
    await recordAudit(tx, {
      actorId: reset.accountId,
      action: "account.use-reset-link",
      subject: reset.accountId,
    });
  });
  return { mail: known.mail };
}

const expired = () =>
  new AppError("EXPIRED", "This link was used or is too old. Please ask an admin for a new one");
