import { and, asc, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { memberships, projects } from "@/db/schema";
import type { ViewerContext } from "@/server/trpc/context";
import { countRated } from "./count-phases";
import { countWaiting } from "./count-waiting";
import { findTestedRevision } from "./find-tested-revision";

/** The viewer's projects, each with what waits for them there; archived ones only when asked for. */
export async function listProjects(
  { db, viewer }: ViewerContext,
  { archived }: { archived: boolean },
) {
  const mine = await db
    .select({
      id: projects.id,
      slug: projects.slug,
      name: projects.name,
      role: memberships.role,
      createdAt: projects.createdAt,
    })
    .from(memberships)
    .innerJoin(projects, eq(projects.id, memberships.projectId))
    .where(
      and(
        eq(memberships.accountId, viewer.accountId),
        archived ? isNotNull(projects.archivedAt) : isNull(projects.archivedAt),
      ),
    )
    .orderBy(desc(projects.createdAt), asc(projects.slug));
  return Promise.all(
    mine.map(async ({ id, ...project }) => {
      const waiting = await countWaiting(db, { projectId: id, accountId: viewer.accountId });
      // An expert sees only what is to be rated: a count of Levels would bias the next verdict.
      if (project.role === "expert") {
        return { ...project, progress: null, waiting: { toRate: waiting.toRate } };
      }
      return { ...project, progress: await progressOf(db, id), waiting };
    }),
  );
}

export type ListedProject = Awaited<ReturnType<typeof listProjects>>[number];

async function progressOf(db: ViewerContext["db"], projectId: string) {
  const revision = await findTestedRevision(db, projectId);
  if (!revision) return { rated: 0, level5: 0 };
  const rows = await countRated(db, { projectId, revisionId: revision.id, judge: "human" });
  return {
    rated: rows.reduce((sum, row) => sum + row.rated, 0),
    level5: rows.reduce((sum, row) => sum + row.level5, 0),
  };
}
