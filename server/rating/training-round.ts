import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "@/db/client";
import { accounts, goldGrids, goldVerdicts, sittings, verdicts } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { isSimulatedRater } from "./is-simulated-rater";
import { RATER_TIME_USED_UP, reserveRaterTime } from "./rater-time";

export type TrainingRound = {
  /** Training grids this rater has not done, and those done. */
  open: number;
  done: number;
  /** Of the done ones: images judged, and how many of them as they are meant. */
  images: number;
  right: number;
};

type Who = { projectId: string; raterId: string };

/** The rater's own training; null where the project has no training grid for them and they have done none. */
export async function readTraining(db: DbOrTx, who: Who): Promise<TrainingRound | null> {
  const [open, [result]] = await Promise.all([listOpen(db, who), readResult(db, who)]);
  const { done = 0, images = 0, right = 0 } = result ?? {};
  return open.length + done === 0 ? null : { open: open.length, done, images, right };
}

/**
 * Sits down at every training grid that is left, whether the rater is new or not: what is begun comes before all else.
 * Answers the first; a grid that the rater has judged for its seat teaches them nothing any more.
 */
export async function startTraining({
  db,
  viewer,
  member,
}: MemberContext): Promise<{ sittingId: string }> {
  const who = { projectId: member.projectId, raterId: viewer.accountId };
  return db.transaction(async (tx) => {
    // As a claim does: two tabs must not sit down at once.
    await tx
      .select({ id: accounts.id })
      .from(accounts)
      .where(eq(accounts.id, who.raterId))
      .for("no key update");
    if (await isSimulatedRater(tx, who.raterId))
      throw new AppError("FORBIDDEN", "A program is not trained.");
    const begun: string[] = [];
    for (const grid of await listOpen(tx, who)) {
      const sittingId = grid.sittingId ?? (await sitDown(tx, grid.gridId, who.raterId));
      if (!sittingId) continue;
      if (!(await reserveRaterTime(tx, { id: sittingId }))) {
        if (begun.length === 0) throw new AppError("CONFLICT", RATER_TIME_USED_UP);
        await tx
          .update(sittings)
          .set({ state: "given_back" })
          .where(and(eq(sittings.id, sittingId), eq(sittings.projectId, who.projectId)));
        break;
      }
      begun.push(sittingId);
    }
    const [first] = begun.toSorted();
    if (!first) throw new AppError("NOT_FOUND", "No training grid is left for you.");
    return { sittingId: first };
  });
}

/** Without those that the rater has done, in whatever way; one that is begun brings its sitting. */
function listOpen(db: DbOrTx, { projectId, raterId }: Who) {
  return db
    .select({
      gridId: goldGrids.gridId,
      sittingId: sql<string | null>`case when ${sittings.state} = 'live' then ${sittings.id} end`,
    })
    .from(goldGrids)
    .leftJoin(
      sittings,
      and(
        eq(sittings.gridId, goldGrids.gridId),
        eq(sittings.raterId, raterId),
        eq(sittings.occasion, 1),
      ),
    )
    .where(
      and(
        eq(goldGrids.projectId, projectId),
        eq(goldGrids.use, "training"),
        isNull(goldGrids.retiredAt),
        sql`(${sittings.id} is null or ${sittings.kind} = 'training' and ${sittings.state} in ('live', 'given_back'))`,
      ),
    )
    .orderBy(asc(goldGrids.createdAt), asc(goldGrids.gridId));
}

function readResult(db: DbOrTx, { projectId, raterId }: Who) {
  const isJudged = sql`${verdicts.verdict} in ('correct', 'incorrect')`;
  return db
    .select({
      done: sql<number>`count(distinct ${sittings.id})`.mapWith(Number),
      images: sql<number>`count(*) filter (where ${isJudged})`.mapWith(Number),
      right:
        sql<number>`count(*) filter (where ${verdicts.verdict} = ${goldVerdicts.verdict})`.mapWith(
          Number,
        ),
    })
    .from(goldGrids)
    .innerJoin(
      sittings,
      and(
        eq(sittings.gridId, goldGrids.gridId),
        eq(sittings.raterId, raterId),
        eq(sittings.kind, "training"),
        eq(sittings.state, "submitted"),
      ),
    )
    .innerJoin(goldVerdicts, eq(goldVerdicts.gridId, goldGrids.gridId))
    .leftJoin(
      verdicts,
      and(eq(verdicts.sittingId, sittings.id), eq(verdicts.imageId, goldVerdicts.imageId)),
    )
    .where(eq(goldGrids.projectId, projectId));
}

async function sitDown(tx: Tx, gridId: string, raterId: string): Promise<string | null> {
  const [row] = await tx.execute<{ id: string | null }>(
    sql`select teacup_sit_down(${gridId}::uuid, ${raterId}::uuid, 'training') as id`,
  );
  return row?.id ?? null;
}
