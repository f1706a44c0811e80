import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { passwordResets } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { endSessions } from "./end-sessions";
import { hashPassword } from "./hash-password";
import { recordAudit } from "./record-audit";
import type { SetPasswordByLink } from "./schemas";
import { isOpenResetLink, showResetLink } from "./show-reset-link";

/** Sets the new password and ends every session. Gives the mail to sign in with. */
export async function setPasswordByLink(
  { db }: { db: Db },
  { token, password }: SetPasswordByLink,
): Promise<{ mail: string }> {
  // Hashing is costly: only who holds a working link may ask for it.
  const known = await showResetLink({ db }, { token });
  if (!known) throw expired();
  await spendResetLink({ db }, { token, passwordHash: await hashPassword(password) });
  return { mail: known.mail };
}

export async function spendResetLink(
  { db }: { db: Db },
  { token, passwordHash }: { token: string; passwordHash: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    // Using it is the claim: of two at once the second finds it used.
    const [reset] = await tx
      .update(passwordResets)
      .set({ usedAt: sql`now()` })
      .where(isOpenResetLink(token))
      .returning({ accountId: passwordResets.accountId });
    if (!reset) throw expired();
    await endSessions(tx, reset.accountId, { passwordHash });
    await recordAudit(tx, {
      actorId: reset.accountId,
      action: "account.set-password-by-link",
      subject: reset.accountId,
    });
  });
}

const expired = () =>
  new AppError("EXPIRED", "This link was used or is too old. Please ask an admin for a new one");
