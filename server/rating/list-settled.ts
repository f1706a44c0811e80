import { and, desc, eq, ilike, isNull, lt, or } from "drizzle-orm";
import { consensuses, goldGrids, grids, pairs } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import type { ListSettled } from "./schemas";

const PAGE = 30;

/** Full grids whose every image has a verdict of people, newest first: what gold and examples are made of. */
export async function listSettled({ db, member }: MemberContext, { search, cursor }: ListSettled) {
  const like = search ? `%${search.replace(/[\\%_]/g, "\\$&")}%` : null;
  const rows = await db
    .select({
      gridId: grids.id,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      raters: consensuses.raters,
      majority: consensuses.majority,
      adjudicated: consensuses.adjudicated,
      gold: goldGrids.use,
    })
    .from(consensuses)
    .innerJoin(grids, eq(grids.id, consensuses.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .leftJoin(goldGrids, and(eq(goldGrids.gridId, grids.id), isNull(goldGrids.retiredAt)))
    .where(
      and(
        eq(consensuses.projectId, member.projectId),
        eq(consensuses.judge, "human"),
        eq(consensuses.open, 0),
        eq(grids.state, "closed"),
        eq(grids.mode, "full"),
        like ? or(ilike(pairs.conceptA, like), ilike(pairs.conceptB, like)) : undefined,
        cursor ? lt(grids.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(grids.id))
    .limit(PAGE + 1);
  return {
    rows: rows.slice(0, PAGE),
    nextCursor: rows.length > PAGE ? (rows[PAGE - 1]?.gridId ?? null) : null,
  };
}
