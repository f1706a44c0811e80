import { AppError } from "@/server/core/errors";
import type { ViewerContext } from "@/server/trpc/context";
import { endSessions } from "./end-sessions";
import { keepAnAdmin } from "./keep-an-admin";
import { lockAccount } from "./lock-account";
import { recordAudit } from "./record-audit";
import type { SetDisabled } from "./schemas";

/** A disabled account cannot sign in; what the person did stays, and it can be enabled again. */
export async function setDisabled(
  { db, viewer }: ViewerContext,
  { accountId, disabled }: SetDisabled,
): Promise<void> {
  if (disabled && accountId === viewer.accountId) {
    throw new AppError("CONFLICT", "You cannot disable your own account. Ask another admin");
  }
  await db.transaction(async (tx) => {
    if (disabled) await keepAnAdmin(tx, accountId);
    const account = await lockAccount(tx, accountId);
    if ((account.disabledAt !== null) === disabled) return;
    await endSessions(tx, accountId, { disabledAt: disabled ? new Date() : null });
    await recordAudit(tx, {
      actorId: viewer.accountId,
      action: disabled ? "account.disable" : "account.enable",
      subject: accountId,
    });
  });
}
