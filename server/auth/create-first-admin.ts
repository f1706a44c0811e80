import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { AppError } from "@/server/core/errors";
import { adoptProjects } from "@/server/project/adopt-projects";
import { createAccount } from "./create-account";
import { hashPassword } from "./hash-password";
import { recordAudit } from "./record-audit";
import type { CreateFirstAdmin } from "./schemas";
import { type SetupState, setupState } from "./setup-state";

/** Makes the instance's admin through the setup link, once. */
export async function createFirstAdmin(
  { db }: { db: Db },
  { password, ...person }: CreateFirstAdmin,
): Promise<void> {
  // Hashing is costly: only who holds the link may ask for it.
  refuseUnlessOpen(await setupState({ db }, person.token));
  await insertFirstAdmin({ db }, { ...person, passwordHash: await hashPassword(password) });
}

type FirstAdmin = Omit<CreateFirstAdmin, "password"> & { passwordHash: string };

export async function insertFirstAdmin(
  { db }: { db: Db },
  { token, name, mail, passwordHash }: FirstAdmin,
): Promise<void> {
  await db.transaction(async (tx) => {
    // Two browsers with the same link must not make two first admins.
    await tx.execute(sql`select pg_advisory_xact_lock(7310848)`);
    refuseUnlessOpen(await setupState({ db: tx }, token));
    const account = await createAccount(tx, { name, mail, passwordHash, isAdmin: true });
    await adoptProjects(tx, account.id);
    await recordAudit(tx, {
      actorId: account.id,
      action: "account.create",
      subject: account.id,
      after: { name, mail, isAdmin: true },
    });
  });
}

function refuseUnlessOpen(state: SetupState): void {
  if (state === "done") {
    throw new AppError("CONFLICT", "Teacup is already set up. Please sign in");
  }
  if (state === "wrong_link") {
    throw new AppError("FORBIDDEN", "This is not the setup link that was printed at the start");
  }
}
