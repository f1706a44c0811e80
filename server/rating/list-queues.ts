import { and, asc, desc, eq, isNull } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { grids, memberships, pairs, projects, sittings } from "@/db/schema";
import { ProjectSettings } from "@/server/project/schemas";
import type { ViewerContext } from "@/server/trpc/context";
import { countQueue, type QueueCount } from "./count-queue";
import { isRaterTimeUsedUp, RATER_TIME_USED_UP } from "./rater-time";
import { REOPEN_REACH } from "./reopen-sitting";

export type DoneSitting = {
  id: string;
  conceptA: string;
  conceptB: string;
  submittedAt: Date | null;
};
export type RatingQueue = QueueCount & {
  project: string;
  name: string;
  /** Why no further grid is handed out although some are open; null when they are. */
  refusal: string | null;
  /** The ones that can still be reopened, newest first. */
  lastDone: DoneSitting[];
};

/** Every project the viewer may rate in, with what waits there for them. */
export async function listQueues({ db, viewer }: ViewerContext): Promise<RatingQueue[]> {
  const mine = await db
    .select({
      projectId: projects.id,
      project: projects.slug,
      name: projects.name,
      settings: projects.settings,
    })
    .from(memberships)
    .innerJoin(projects, eq(projects.id, memberships.projectId))
    .where(and(eq(memberships.accountId, viewer.accountId), isNull(projects.archivedAt)))
    .orderBy(asc(projects.name));
  return Promise.all(
    mine.map(async ({ projectId, settings, ...project }) => {
      const who = { projectId, raterId: viewer.accountId };
      const { ratingMode } = ProjectSettings.parse(settings);
      const [queue, lastDone, isUsedUp] = await Promise.all([
        countQueue(db, who),
        listDone(db, who),
        isRaterTimeUsedUp(db, { ...who, mode: ratingMode }),
      ]);
      return { ...project, ...queue, lastDone, refusal: isUsedUp ? RATER_TIME_USED_UP : null };
    }),
  );
}

function listDone(
  db: DbOrTx,
  { projectId, raterId }: { projectId: string; raterId: string },
): Promise<DoneSitting[]> {
  return db
    .select({
      id: sittings.id,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      submittedAt: sittings.submittedAt,
    })
    .from(sittings)
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .where(
      and(
        eq(sittings.projectId, projectId),
        eq(sittings.raterId, raterId),
        eq(sittings.state, "submitted"),
      ),
    )
    .orderBy(desc(sittings.submittedAt))
    .limit(REOPEN_REACH);
}
