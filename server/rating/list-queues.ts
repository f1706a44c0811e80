import { and, asc, desc, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { ProjectRole } from "@/db/enums";
import { grids, memberships, pairs, projects, ratingRounds, sittings } from "@/db/schema";
import { ProjectSettings } from "@/server/project/schemas";
import type { ViewerContext } from "@/server/trpc/context";
import { countQueue, type QueueCount } from "./count-queue";
import { type InHand, listHeld } from "./list-held";
import { isRaterTimeUsedUp, RATER_TIME_USED_UP } from "./rater-time";
import { REOPEN_REACH } from "./reopen-sitting";
import { readTraining, type TrainingRound } from "./training-round";

export type DoneSitting = {
  id: string;
  conceptA: string;
  conceptB: string;
  submittedAt: Date | null;
};
export type RatingQueue = QueueCount & {
  project: string;
  name: string;
  /** Of the viewer in this project. */
  role: ProjectRole;
  /** Why no further grid is handed out although some are open; null when they are. */
  refusal: string | null;
  inHand: InHand;
  /** The ones that can still be reopened, newest first. */
  lastDone: DoneSitting[];
  /** This rater's own: the median of their last grids. Null before the first. */
  paceMs: number | null;
  /** null: there is nothing to learn from here. */
  training: TrainingRound | null;
  /** The newest round; its reason stands once it is closed. */
  round: { number: number; closedReason: string | null } | null;
};

/** Every project the viewer may rate in, with what waits there for them. */
export async function listQueues({ db, viewer }: ViewerContext): Promise<RatingQueue[]> {
  const mine = await db
    .select({
      projectId: projects.id,
      project: projects.slug,
      name: projects.name,
      role: memberships.role,
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
      const [queue, inHand, lastDone, paceMs, training, round, isUsedUp] = await Promise.all([
        countQueue(db, who),
        listHeld(db, who),
        listDone(db, who),
        readPace(db, who),
        readTraining(db, who),
        readRound(db, projectId),
        isRaterTimeUsedUp(db, { ...who, mode: ratingMode }),
      ]);
      const refusal = isUsedUp ? RATER_TIME_USED_UP : null;
      return { ...project, ...queue, inHand, lastDone, paceMs, training, round, refusal };
    }),
  );
}

const PACE_OVER = 30;

async function readPace(
  db: DbOrTx,
  { projectId, raterId }: { projectId: string; raterId: string },
): Promise<number | null> {
  const last = db
    .select({ activeMs: sittings.activeMs })
    .from(sittings)
    .where(
      and(
        eq(sittings.projectId, projectId),
        eq(sittings.raterId, raterId),
        eq(sittings.state, "submitted"),
        isNotNull(sittings.activeMs),
      ),
    )
    .orderBy(desc(sittings.submittedAt))
    .limit(PACE_OVER)
    .as("last");
  const [pace] = await db
    .select({
      ms: sql<number | null>`percentile_cont(0.5) within group (order by ${last.activeMs})`,
    })
    .from(last);
  return pace?.ms ?? null;
}

async function readRound(db: DbOrTx, projectId: string) {
  const [round] = await db
    .select({ number: ratingRounds.number, closedReason: ratingRounds.closedReason })
    .from(ratingRounds)
    .where(eq(ratingRounds.projectId, projectId))
    .orderBy(desc(ratingRounds.number))
    .limit(1);
  return round ?? null;
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
        // Told how it was meant: nothing to take back.
        ne(sittings.kind, "training"),
      ),
    )
    .orderBy(desc(sittings.submittedAt))
    .limit(REOPEN_REACH);
}
