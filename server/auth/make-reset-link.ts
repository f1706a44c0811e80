import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { passwordResets } from "@/db/schema";
import { env } from "@/server/core/env";
import { AppError } from "@/server/core/errors";
import { newToken, sha256 } from "@/server/core/secret";
import { lockAccount } from "./lock-account";
import { recordAudit } from "./record-audit";

export const RESET_HOURS = 24;

/** A link that sets a new password once. The last link made is the only one that works. */
export async function makeResetLink(
  { db, actorId }: { db: Db; actorId: string | null },
  { accountId }: { accountId: string },
): Promise<{ url: string; hours: number }> {
  const token = newToken();
  await db.transaction(async (tx) => {
    const account = await lockAccount(tx, accountId);
    if (account.disabledAt) {
      throw new AppError("CONFLICT", "This account is disabled. Please enable it first");
    }
    await tx
      .update(passwordResets)
      .set({ usedAt: sql`now()` })
      .where(and(eq(passwordResets.accountId, accountId), isNull(passwordResets.usedAt)));
    await tx.insert(passwordResets).values({
      accountId,
      tokenHash: sha256(token),
      expiresAt: sql`now() + make_interval(hours => ${RESET_HOURS})`,
    });
    await recordAudit(tx, { actorId, action: "account.make-reset-link", subject: accountId });
  });
  return { url: `${env().APP_URL.replace(/\/$/, "")}/reset/${token}`, hours: RESET_HOURS };
}
