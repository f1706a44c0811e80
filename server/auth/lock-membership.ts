import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { ProjectRole } from "@/db/enums";
import { accounts, memberships } from "@/db/schema";
import { AppError } from "@/server/core/errors";

type Place = { projectId: string; accountId: string };

/** Holds one membership for a change and gives its role. @throws NOT_FOUND */
export async function lockMembership(tx: Tx, place: Place): Promise<ProjectRole> {
  const [membership] = await tx
    .select({ role: memberships.role })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.projectId, place.projectId),
        eq(memberships.accountId, place.accountId),
        eq(accounts.isSimulated, false),
      ),
    )
    .for("update", { of: memberships });
  if (!membership) throw new AppError("NOT_FOUND", "This person is not in the project");
  return membership.role;
}

/** Call before an owner steps down: one person must stay. Two at once wait for each other here. */
export async function keepAnOwner(tx: Tx, leaving: Place): Promise<void> {
  const owners = await tx
    .select({ accountId: memberships.accountId })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.projectId, leaving.projectId),
        eq(memberships.role, "owner"),
        eq(accounts.isSimulated, false),
      ),
    )
    .orderBy(memberships.id)
    .for("update", { of: memberships });
  if (owners.some((owner) => owner.accountId !== leaving.accountId)) return;
  throw new AppError(
    "CONFLICT",
    "This is the last owner of the project. Please make somebody else an owner first",
  );
}
