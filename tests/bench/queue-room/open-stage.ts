import { and, asc, eq } from "drizzle-orm";
import { connect, type Db } from "@/db/client";
import type { ProjectRole } from "@/db/enums";
import { migrateDatabase } from "@/db/migrate";
import { accounts, memberships, projects } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { fillProject } from "./fill";

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** The database with a project of so many grids, filled now or by an earlier run, and the people in it. */
export async function openStage(clusterUrl: string, grids: number) {
  const name = `queue_${grids}`;
  const url = new URL(clusterUrl);
  url.pathname = name;
  await makeDatabase(clusterUrl, name, async (draft) => {
    const draftUrl = new URL(draft, url).href;
    await migrateDatabase(draftUrl);
    const { db, close } = connect(draftUrl, { max: 2 });
    await fillProject(db, grids, (filled) => console.error(`${filled} of ${grids} grids filled`));
    await close();
  });
  await migrateDatabase(url.href);
  const { db, close } = connect(url.href, { max: 4 });
  const [researcher] = await people(db, "researcher");
  if (!researcher) throw new Error(`Nobody is in ${name}: remove it, and it is filled anew`);
  return { grids, url: url.href, db, close, researcher, raters: await people(db, "expert") };
}

/** A cut-off filling leaves only a draft, never half a database. */
async function makeDatabase(
  clusterUrl: string,
  name: string,
  fill: (draft: string) => Promise<void>,
) {
  const { sql, close } = connect(clusterUrl, { max: 1 });
  try {
    const [found] = await sql`select from pg_database where datname = ${name}`;
    if (found) return;
    const draft = `${name}_draft`;
    await sql`drop database if exists ${sql(draft)}`;
    await sql`create database ${sql(draft)}`;
    await fill(draft);
    await sql`alter database ${sql(draft)} rename to ${sql(name)}`;
  } finally {
    await close();
  }
}

async function people(db: Db, role: ProjectRole): Promise<MemberContext[]> {
  const rows = await db
    .select({ account: accounts, projectId: projects.id, slug: projects.slug })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .innerJoin(projects, eq(projects.id, memberships.projectId))
    .where(and(eq(memberships.role, role)))
    .orderBy(asc(accounts.id));
  return rows.map(({ account: { id, name, mail, isAdmin }, projectId, slug }) => ({
    db,
    viewer: { accountId: id, name, mail, isAdmin },
    member: { projectId, slug, role },
  }));
}
