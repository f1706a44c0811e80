import { and, eq, notExists } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts, memberships, projects } from "@/db/schema";

/** Gives a person the projects that no person owns: what a demo made before anybody had an account. */
export async function adoptProjects(tx: Tx, accountId: string): Promise<void> {
  const ownerPerson = tx
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.projectId, projects.id),
        eq(memberships.role, "owner"),
        eq(accounts.isSimulated, false),
      ),
    );
  const found = await tx
    .select({ projectId: projects.id })
    .from(projects)
    .where(notExists(ownerPerson));
  if (found.length === 0) return;
  await tx
    .insert(memberships)
    .values(found.map(({ projectId }) => ({ projectId, accountId, role: "owner" as const })))
    .onConflictDoNothing();
}
