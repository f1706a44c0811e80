import { and, eq } from "drizzle-orm";
import { connect, type Db } from "@/db/client";
import { memberships, projects } from "@/db/schema";
import { removeMember } from "@/server/auth/remove-member";
import { closeRound, reopenRound } from "@/server/rating/close-round";
import { makeAccountWithPassword } from "./make/account-with-password";
import { makeMember } from "./make/member";
import { openRatingProject } from "./rating-project";

export type RatersProjects = Awaited<ReturnType<typeof openRatersProjects>>;
type Instance = { home: string; databaseUrl: string };

/** Somebody who rates in two projects, each with an owner who can close its round and remove its rater. */
export async function openRatersProjects(instance: Instance) {
  const { db, close } = connect(instance.databaseUrl, { max: 2 });
  const { id: accountId, mail } = await makeAccountWithPassword(db, { name: "Rita" });
  const open = async () => {
    const rating = await openRatingProject(instance, { mail, grids: 2 });
    return { rating, ...(await ownedBySomebody(db, { slug: rating.slug, accountId })) };
  };
  const first = await open();
  const second = await open();
  return {
    mail,
    first,
    second,
    close: async () => {
      await first.rating.close();
      await second.rating.close();
      await close();
    },
  };
}

async function ownedBySomebody(db: Db, { slug, accountId }: { slug: string; accountId: string }) {
  const [project] = await db.select().from(projects).where(eq(projects.slug, slug));
  const { id: projectId } = project!;
  const owner = await makeMember(db, { projectId, name: "Olga" });
  await db
    .update(memberships)
    .set({ role: "expert" })
    .where(and(eq(memberships.projectId, projectId), eq(memberships.accountId, accountId)));
  return {
    closeRound: (reason: string) => closeRound(owner, { number: 1, reason }),
    reopenRound: () => reopenRound(owner, 1),
    removeRater: () => removeMember(owner, { accountId }),
  };
}
