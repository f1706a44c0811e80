import type { ViewerContext } from "@/server/trpc/context";
import { endSessions } from "./end-sessions";
import { recordAudit } from "./record-audit";

/** Ends this person's sessions in every other browser. */
export async function signOutElsewhere({ db, viewer, renewSession }: ViewerContext): Promise<void> {
  const version = await db.transaction(async (tx) => {
    const raised = await endSessions(tx, viewer.accountId);
    await recordAudit(tx, {
      actorId: viewer.accountId,
      action: "account.sign-out-elsewhere",
      subject: viewer.accountId,
    });
    return raised;
  });
  await renewSession?.(version);
}
