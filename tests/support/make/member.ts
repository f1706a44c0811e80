import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ProjectRole } from "@/db/enums";
import { accounts, memberships, projects } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { makeProject } from "./project";

type Options = { role?: ProjectRole; projectId?: string; name?: string; isSimulated?: boolean };

/** A person and their place in a project (a new one unless given), as verbs take them. */
export async function makeMember(
  db: Db,
  { role = "owner", projectId, name = "Mira Lindqvist", isSimulated = false }: Options = {},
): Promise<MemberContext> {
  const mail = `${randomUUID()}@example.org`;
  const [account] = await db.insert(accounts).values({ name, mail, isSimulated }).returning();
  const project = projectId
    ? await findProject(db, projectId)
    : await makeProject(db, { slug: `project-${randomUUID().slice(0, 8)}` });
  await db.insert(memberships).values({ accountId: account!.id, projectId: project.id, role });
  return {
    db,
    viewer: { accountId: account!.id, name, mail, isAdmin: false },
    member: { projectId: project.id, slug: project.slug, role },
  };
}

async function findProject(db: Db, projectId: string) {
  const [project] = await db.select().from(projects).where(eq(projects.id, projectId));
  return project!;
}
