import { eq } from "drizzle-orm";
import { accounts } from "@/db/schema";
import type { ViewerContext } from "@/server/trpc/context";
import { recordAudit } from "./record-audit";
import type { RenameAccount } from "./schemas";

export async function renameAccount(
  { db, viewer }: ViewerContext,
  { name }: RenameAccount,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(accounts).set({ name }).where(eq(accounts.id, viewer.accountId));
    await recordAudit(tx, {
      actorId: viewer.accountId,
      action: "account.rename",
      subject: viewer.accountId,
      before: { name: viewer.name },
      after: { name },
    });
  });
}
