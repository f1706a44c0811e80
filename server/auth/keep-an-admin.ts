import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts } from "@/db/schema";
import { AppError } from "@/server/core/errors";

/** Call before an admin steps down. Two who step down at once wait for each other here. */
export async function keepAnAdmin(tx: Tx, leavingId: string): Promise<void> {
  const admins = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.isAdmin, true), isNull(accounts.disabledAt)))
    .orderBy(accounts.id)
    .for("update");
  if (admins.some((admin) => admin.id !== leavingId)) return;
  throw new AppError(
    "CONFLICT",
    "This is the last admin. Please make somebody else an admin first",
  );
}
