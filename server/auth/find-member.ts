import { and, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { memberships, projects } from "@/db/schema";
import type { Member } from "./viewer";

export async function findMember(
  db: DbOrTx,
  accountId: string,
  slug: string,
): Promise<Member | null> {
  const [member] = await db
    .select({ projectId: projects.id, slug: projects.slug, role: memberships.role })
    .from(memberships)
    .innerJoin(projects, eq(projects.id, memberships.projectId))
    .where(and(eq(memberships.accountId, accountId), eq(projects.slug, slug)));
  return member ?? null;
}
