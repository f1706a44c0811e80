import { AppError } from "@/server/core/errors";
import type { ViewerContext } from "@/server/trpc/context";
import { checkPassword } from "./check-password";
import { endSessions } from "./end-sessions";
import { hashPassword } from "./hash-password";
import { recordAudit } from "./record-audit";
import type { ChangePassword } from "./schemas";

/** Sessions elsewhere end; the browser that changed it stays signed in. */
export async function changePassword(
  { db, viewer, renewSession }: ViewerContext,
  { current, password }: ChangePassword,
): Promise<void> {
  // Guesses at the current password count as sign-ins: an open browser must not be a way around.
  const guess = { mail: viewer.mail, password: current, address: null };
  if (!(await checkPassword(db, guess))) {
    throw new AppError("FORBIDDEN", "The current password is not right");
  }
  const passwordHash = await hashPassword(password);
  const version = await db.transaction(async (tx) => {
    const raised = await endSessions(tx, viewer.accountId, { passwordHash });
    await recordAudit(tx, {
      actorId: viewer.accountId,
      action: "account.change-password",
      subject: viewer.accountId,
    });
    return raised;
  });
  await renewSession?.(version);
}
