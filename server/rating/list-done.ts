import { and, desc, eq, isNull, ne, sql } from "drizzle-orm";
import { grids, pairs, ratingRounds, sittings } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { DONE_PAGE, type ListDone } from "./schemas";

/** One page of what this rater has submitted, newest first; neither what lies in a closed round nor a training grid can be changed any more. */
export async function listDone({ db, viewer, member }: MemberContext, { cursor }: ListDone) {
  const rows = await db
    .select({
      id: sittings.id,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      submittedAt: sittings.submittedAt,
      activeMs: sittings.activeMs,
      isTraining: sql<boolean>`${eq(sittings.kind, "training")}`,
      mayChange: sql<boolean>`${and(isNull(ratingRounds.closedAt), ne(sittings.kind, "training"))}`,
    })
    .from(sittings)
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .innerJoin(
      ratingRounds,
      and(eq(ratingRounds.projectId, grids.projectId), eq(ratingRounds.number, grids.round)),
    )
    .where(
      and(
        eq(sittings.projectId, member.projectId),
        eq(sittings.raterId, viewer.accountId),
        eq(sittings.state, "submitted"),
        cursor
          ? sql`(${sittings.submittedAt}, ${sittings.id}) < (${cursor.submittedAt.toISOString()}::timestamptz, ${cursor.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(sittings.submittedAt), desc(sittings.id))
    .limit(DONE_PAGE + 1);
  const done = rows.slice(0, DONE_PAGE);
  const last = rows.length > DONE_PAGE ? done.at(-1) : undefined;
  return {
    done,
    nextCursor: last?.submittedAt ? { submittedAt: last.submittedAt, id: last.id } : null,
  };
}
