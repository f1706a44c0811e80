import type { Db } from "@/db/client";
import type { ViewerContext } from "@/server/trpc/context";
import { createAccount } from "./create-account";
import { hashPassword } from "./hash-password";
import { recordAudit } from "./record-audit";
import type { AcceptAsNew, OneToken } from "./schemas";
import { invitationGone, showInvitation } from "./show-invitation";
import { type Joined, takeInvitation } from "./take-invitation";

/** Somebody who is signed in joins the project. */
export async function acceptInvitation(
  { db, viewer }: ViewerContext,
  { token }: OneToken,
): Promise<Joined> {
  return db.transaction((tx) => takeInvitation(tx, token, viewer.accountId));
}

/** Somebody new makes an account and joins the project, both or neither. */
export async function acceptAsNew(
  { db }: { db: Db },
  { token, name, mail, password }: AcceptAsNew,
): Promise<Joined> {
  // Hashing is costly: only who holds a working link may ask for it.
  if (!(await showInvitation({ db }, { token }))) throw invitationGone();
  const passwordHash = await hashPassword(password);
  return db.transaction(async (tx) => {
    const account = await createAccount(tx, { name, mail, passwordHash, isAdmin: false });
    const joined = await takeInvitation(tx, token, account.id);
    await recordAudit(tx, {
      actorId: account.id,
      action: "account.create",
      subject: account.id,
      after: { name, mail, isAdmin: false },
    });
    return joined;
  });
}
