import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db, Tx } from "@/db/client";
import { accounts, memberships, projects, settings } from "@/db/schema";
import { addExamplePatterns } from "@/server/mining/add-example-patterns";
import { insertProject } from "@/server/project/insert-project";
import type { MemberContext } from "@/server/trpc/context";

const SETTING = "demo";
const PROJECT_NAME = "Demo: everyday objects";
const DemoSetting = z.object({ projectId: z.uuid() });

export type Stage = { owner: MemberContext; rater: MemberContext };

/**
 * The demo's project with its owner and its simulated rater. A demo that was cut off, or is run again, goes
 * on in the same project; an archived one is followed by a new one.
 */
export async function setStage(db: Db): Promise<Stage> {
  return db.transaction(async (tx) => {
    // Two demos at once must share one project.
    await tx.execute(sql`select pg_advisory_xact_lock(7310851)`);
    const owner = await findOwner(tx);
    const project = (await findProject(tx)) ?? (await makeProject(tx, owner.id));
    await addMember(tx, project.id, owner.id, "owner");
    const rater = await findOrMakeSimulated(tx, "Simulated rater", "rater");
    await addMember(tx, project.id, rater.id, "expert");
    const contextOf = (account: typeof owner, role: "owner" | "expert"): MemberContext => ({
      db,
      viewer: { accountId: account.id, name: account.name, mail: account.mail, isAdmin: false },
      member: { projectId: project.id, slug: project.slug, role },
    });
    return { owner: contextOf(owner, "owner"), rater: contextOf(rater, "expert") };
  });
}

/** The first admin, so that the demo is on their home page; before there is one, an account nobody can use. */
async function findOwner(tx: Tx) {
  const [admin] = await tx
    .select()
    .from(accounts)
    .where(and(eq(accounts.isAdmin, true), isNull(accounts.disabledAt)))
    .orderBy(asc(accounts.id))
    .limit(1);
  return admin ?? findOrMakeSimulated(tx, "Demo", "demo");
}

async function findOrMakeSimulated(tx: Tx, name: string, box: string) {
  // `.invalid` is reserved: nobody can own this address.
  const mail = `${box}@teacup.invalid`;
  const [known] = await tx.select().from(accounts).where(eq(accounts.mail, mail));
  if (known) return known;
  const [made] = await tx.insert(accounts).values({ name, mail, isSimulated: true }).returning();
  if (!made) throw new Error("An insert returned no row");
  return made;
}

async function findProject(tx: Tx) {
  const [kept] = await tx.select().from(settings).where(eq(settings.name, SETTING));
  if (!kept) return undefined;
  const { projectId } = DemoSetting.parse(kept.value);
  const [project] = await tx
    .select({ id: projects.id, slug: projects.slug })
    .from(projects)
    .where(and(eq(projects.id, projectId), isNull(projects.archivedAt)));
  return project;
}

async function makeProject(tx: Tx, accountId: string) {
  const project = await insertProject(tx, { accountId, name: PROJECT_NAME });
  await addExamplePatterns(tx, { projectId: project.id, accountId });
  const value = { projectId: project.id };
  await tx
    .insert(settings)
    .values({ name: SETTING, value })
    .onConflictDoUpdate({ target: settings.name, set: { value, updatedAt: sql`now()` } });
  return project;
}

async function addMember(
  tx: Tx,
  projectId: string,
  accountId: string,
  role: "owner" | "expert",
): Promise<void> {
  await tx.insert(memberships).values({ projectId, accountId, role }).onConflictDoNothing();
}
