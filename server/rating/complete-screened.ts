import { and, asc, eq, exists } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { grids, levels, pairs } from "@/db/schema";
import { pairConditions } from "@/server/mining/list-pairs";
import type { PairFilter } from "@/server/mining/schemas";
import type { MemberContext } from "@/server/trpc/context";
import { completeGrids } from "./complete-grid";

/** So many at once, so that nobody waits for seconds behind one press of a button. */
export const COMPLETED_AT_ONCE = 500;

/** How many grids of the pairs that the filter shows were screened and could become full ones. */
export async function countScreened(
  { db, member }: MemberContext,
  filter: PairFilter,
): Promise<{ grids: number }> {
  const found = await findScreened(db, member.projectId, filter);
  return { grids: found.length };
}

/** Completes the first of them, the oldest first. */
export async function completeScreened(
  ctx: MemberContext,
  filter: PairFilter,
): Promise<{ completed: number }> {
  return ctx.db.transaction(async (tx) => {
    const found = await findScreened(tx, ctx.member.projectId, filter);
    if (found.length === 0) return { completed: 0 };
    return { completed: await completeGrids(tx, ctx, found) };
  });
}

async function findScreened(db: DbOrTx, projectId: string, filter: PairFilter): Promise<string[]> {
  const hasScreenedLevel = exists(
    db
      .select({ id: levels.id })
      .from(levels)
      .where(and(eq(levels.gridId, grids.id), eq(levels.mode, "screen"))),
  );
  const rows = await db
    .select({ id: grids.id })
    .from(grids)
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .where(
      and(
        eq(grids.projectId, projectId),
        eq(grids.mode, "screen"),
        eq(grids.state, "closed"),
        hasScreenedLevel,
        ...pairConditions(db, filter),
      ),
    )
    .orderBy(asc(grids.id))
    .limit(COMPLETED_AT_ONCE);
  return rows.map(({ id }) => id);
}
