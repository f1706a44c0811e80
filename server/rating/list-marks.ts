import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, grids, levels, pairs, sittings, verdictEvents } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { isFast, msPerImage, restlessAbove, uniformRaters } from "./domain/marks";

const LATEST = 2000;
const MOST = 100;

export type MarkedGrid = {
  sittingId: string;
  pairId: string;
  conceptA: string;
  conceptB: string;
  rater: string;
  marks: ("fast" | "restless")[];
  msPerImage: number | null;
  changes: number;
};
export type Marks = {
  /** How many of the latest grids were looked at. */
  looked: number;
  /** More changes than this are marked; null while too few grids are there. */
  restlessAbove: number | null;
  grids: MarkedGrid[];
  /** Whose grids are all of one verdict far more often than those of the others. */
  uniform: { raterId: string; rater: string }[];
};

/** Signs of hasty or careless rating among the latest full grids of people. They decide nothing. */
export async function listMarks({ db, member }: MemberContext): Promise<Marks> {
  const judged = await readJudged(db, member.projectId);
  const limit = restlessAbove(judged);
  const names = new Map(judged.map(({ raterId, rater }) => [raterId, rater]));
  const marked = judged.map(({ activeMs, images, correct: _, raterId: __, ...grid }) => ({
    ...grid,
    msPerImage: roundedMs(msPerImage({ activeMs, images })),
    marks: [
      ...(isFast({ activeMs, images }) ? (["fast"] as const) : []),
      ...(limit !== null && grid.changes > limit ? (["restless"] as const) : []),
    ],
  }));
  return {
    looked: judged.length,
    restlessAbove: limit,
    grids: marked.filter((grid) => grid.marks.length > 0).slice(0, MOST),
    uniform: uniformRaters(judged).map((raterId) => ({
      raterId,
      rater: names.get(raterId) ?? "",
    })),
  };
}

const roundedMs = (ms: number | null) => (ms === null ? null : Math.round(ms));

function readJudged(db: DbOrTx, projectId: string) {
  const changes = db
    .select({
      // Taking a verdict back is no verdict; each image has one that is no change.
      changes:
        sql<number>`count(${verdictEvents.verdict}) - count(distinct ${verdictEvents.imageId})`
          .mapWith(Number)
          .as("changes"),
      // What was carried over from the grid before was written together with the sitting itself.
      images:
        sql<number>`count(distinct ${verdictEvents.imageId}) filter (where ${verdictEvents.createdAt} > sitting.created_at)`
          .mapWith(Number)
          .as("images"),
    })
    .from(verdictEvents)
    .where(eq(verdictEvents.sittingId, sittings.id))
    .as("changed");
  return db
    .select({
      sittingId: sittings.id,
      pairId: pairs.id,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      raterId: sittings.raterId,
      rater: accounts.name,
      activeMs: sittings.activeMs,
      correct: levels.correct,
      changes: changes.changes,
      images: changes.images,
    })
    .from(sittings)
    .innerJoin(accounts, and(eq(accounts.id, sittings.raterId), eq(accounts.isSimulated, false)))
    .innerJoin(levels, and(eq(levels.sittingId, sittings.id), eq(levels.mode, "full")))
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .innerJoinLateral(changes, sql`true`)
    .where(
      and(
        eq(sittings.projectId, projectId),
        eq(sittings.state, "submitted"),
        eq(sittings.kind, "seat"),
        isNotNull(sittings.submittedAt),
      ),
    )
    .orderBy(desc(sittings.submittedAt))
    .limit(LATEST);
}
