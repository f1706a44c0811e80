import { and, asc, count, desc, eq, exists, gt, lt, or, type SQL, sql } from "drizzle-orm";
import {
  consensuses,
  grids,
  levels,
  pairs,
  patterns,
  promptSetPrompts,
  prompts,
  sittings,
} from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { QUEUED_GRID, type QueuedGrid } from "./queued-grid";
import type { AdjudicationView, ListAdjudications } from "./schemas";

const PAGE = 50;

export type AdjudicationRow = QueuedGrid & {
  /** Images without a verdict. */
  open: number;
  disagreement: number;
  isBoundary: boolean;
  /** Of all raters together; null while an image is open. */
  level: number | null;
};

/** Grids of people that need a last word, those most in dispute first. */
export async function listAdjudications(
  { db, member }: MemberContext,
  { view, patternId, raterId, words, cursor }: ListAdjudications,
): Promise<{ rows: AdjudicationRow[]; nextCursor: ListAdjudications["cursor"] }> {
  const disagreement = sql<number>`coalesce(${consensuses.disagreement}, 0)`.mapWith(Number);
  const isAfter = cursor
    ? or(
        lt(disagreement, cursor.disagreement),
        and(eq(disagreement, cursor.disagreement), gt(grids.id, cursor.gridId)),
      )
    : undefined;
  const byRater = raterId
    ? exists(
        db
          .select({ id: sittings.id })
          .from(sittings)
          .where(and(eq(sittings.gridId, grids.id), eq(sittings.raterId, raterId))),
      )
    : undefined;
  const rows = await db
    .select({
      ...QUEUED_GRID,
      open: consensuses.open,
      disagreement,
      isBoundary: consensuses.isBoundary,
      level: sql<number | null>`(
        select l.level from ${levels} l left join seat on seat.sitting_id = l.sitting_id
        where l.grid_id = ${grids.id} and l.mode = 'full' and l.source in ('rater', 'consensus', 'adjudicated')
          and ${consensuses.open} = 0 and (l.sitting_id is null or ${consensuses.raters} = 1 and seat.completed_at is not null)
        order by l.sitting_id is null desc limit 1)`,
    })
    .from(consensuses)
    .innerJoin(grids, eq(grids.id, consensuses.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .where(
      and(
        eq(consensuses.projectId, member.projectId),
        eq(consensuses.judge, "human"),
        ofView(view),
        patternId ? eq(pairs.patternId, patternId) : undefined,
        byRater,
        words ? hasPrompt(words) : undefined,
        isAfter,
      ),
    )
    .orderBy(desc(disagreement), asc(grids.id))
    .limit(PAGE + 1);
  const page = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? page.at(-1) : undefined;
  return {
    rows: page,
    nextCursor: last ? { disagreement: last.disagreement, gridId: last.gridId } : null,
  };
}

/** Of the grid: one of its prompts has these words, in whatever case. */
const hasPrompt = (words: string) => sql`exists (
  select from ${promptSetPrompts} join ${prompts} on ${prompts.id} = ${promptSetPrompts.promptId}
  where ${promptSetPrompts.promptSetId} = ${grids.promptSetId} and position(lower(${words}) in lower(${prompts.text})) > 0)`;

/** How many wait in each view, for the tabs and for what waits on the home page. */
export async function countAdjudications({ db, member }: MemberContext) {
  const of = (view: AdjudicationView) =>
    db
      .select({ count: count() })
      .from(consensuses)
      .where(
        and(
          eq(consensuses.projectId, member.projectId),
          eq(consensuses.judge, "human"),
          ofView(view),
        ),
      )
      .then(([row]) => row?.count ?? 0);
  const [open, split, boundary] = await Promise.all([of("open"), of("split"), of("boundary")]);
  return { open, split, boundary };
}

function ofView(view: AdjudicationView): SQL {
  switch (view) {
    case "open":
      return sql`${consensuses.open} > 0`;
    case "split":
      return sql`${consensuses.disagreement} > 0`;
    case "boundary":
      return sql`${consensuses.isBoundary}`;
  }
}

export type DisputeCounts = Awaited<ReturnType<typeof countAdjudications>>;
