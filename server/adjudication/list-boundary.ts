import { and, asc, eq, gt, isNotNull, sql } from "drizzle-orm";
import { consensuses, grids, levels, pairs, patterns, seats } from "@/db/schema";
import { clopperPearson } from "@/server/agreement/domain/clopper-pearson";
import type { MemberContext } from "@/server/trpc/context";
import { QUEUED_GRID, type QueuedGrid } from "./queued-grid";
import type { ListBoundary } from "./schemas";

const PAGE = 50;

export type BoundaryGrid = QueuedGrid & {
  level: number | null;
  correct: number;
  /** Of the share of correct images. */
  exact: { low: number; high: number };
  wilson: { low: number; high: number };
  /** One more rater was asked for and has not been here yet. */
  isAsked: boolean;
};

/** Grids of people whose Level one vote more could change, page by page. */
export async function listBoundary(
  { db, member }: MemberContext,
  { cursor }: ListBoundary,
): Promise<{ rows: BoundaryGrid[]; nextCursor: string | null }> {
  const rows = await db
    .select({
      ...QUEUED_GRID,
      level: levels.level,
      correct: levels.correct,
      rated: levels.rated,
      low: levels.low,
      high: levels.high,
      isAsked: sql<boolean>`exists (select from ${seats}
        where ${seats.gridId} = ${grids.id} and ${seats.kind} <> 'plan' and ${seats.completedAt} is null)`,
    })
    .from(consensuses)
    .innerJoin(grids, eq(grids.id, consensuses.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .leftJoin(
      seats,
      and(eq(seats.gridId, grids.id), isNotNull(seats.completedAt), eq(consensuses.raters, 1)),
    )
    .innerJoin(
      levels,
      and(
        eq(levels.gridId, grids.id),
        eq(levels.mode, "full"),
        // Of several it is what they say together; of one alone, of the sitting in its seat.
        sql`case when ${consensuses.raters} = 1 and ${consensuses.adjudicated} = 0
          then ${levels.source} = 'rater' and ${levels.sittingId} = ${seats.sittingId}
          else ${levels.source} in ('consensus', 'adjudicated') end`,
      ),
    )
    .where(
      and(
        eq(consensuses.projectId, member.projectId),
        eq(consensuses.judge, "human"),
        consensuses.isBoundary,
        cursor ? gt(grids.id, cursor) : undefined,
      ),
    )
    .orderBy(asc(grids.id))
    .limit(PAGE + 1);
  const page = rows.slice(0, PAGE);
  return {
    rows: page.map(({ rated, low, high, ...row }) => ({
      ...row,
      exact: clopperPearson(row.correct, rated),
      wilson: { low, high },
    })),
    nextCursor: rows.length > PAGE ? (page.at(-1)?.gridId ?? null) : null,
  };
}
