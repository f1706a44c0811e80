import type { ViewerContext } from "@/server/trpc/context";
import { endSessions } from "./end-sessions";
import { keepAnAdmin } from "./keep-an-admin";
import { lockAccount } from "./lock-account";
import { recordAudit } from "./record-audit";
import type { SetAdmin } from "./schemas";

export async function setAdmin(
  { db, viewer, renewSession }: ViewerContext,
  { accountId, admin }: SetAdmin,
): Promise<void> {
  const version = await db.transaction(async (tx) => {
    if (!admin) await keepAnAdmin(tx, accountId);
    const account = await lockAccount(tx, accountId);
    if (account.isAdmin === admin) return null;
    const raised = await endSessions(tx, accountId, { isAdmin: admin });
    await recordAudit(tx, {
      actorId: viewer.accountId,
      action: admin ? "account.make-admin" : "account.remove-admin",
      subject: accountId,
      before: { isAdmin: account.isAdmin },
      after: { isAdmin: admin },
    });
    return raised;
  });
  if (version !== null && accountId === viewer.accountId) await renewSession?.(version);
}
