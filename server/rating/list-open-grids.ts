import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import {
  accounts,
  generatorRevisions,
  generators,
  grids,
  pairs,
  ratingRounds,
  seats,
} from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import type { ListOpenGrids } from "./schemas";

const PAGE = 50;

export type OpenGrid = {
  gridId: string;
  pairId: string;
  conceptA: string;
  conceptB: string;
  round: number;
  priority: number;
  seatsDone: number;
  seatsOpen: number;
  generator: string;
  revision: number;
  /** Seats that are not done, and for whom they are kept. */
  kept: { seatId: string; rater: string }[];
};

/** Grids of open rounds that wait for raters, in the order of `teacup_lock_seat`: those handed out first at the top. */
export async function listOpenGrids(
  { db, member }: MemberContext,
  { cursor }: ListOpenGrids,
): Promise<{ rows: OpenGrid[]; nextCursor: ListOpenGrids["cursor"] }> {
  const isAfter = cursor
    ? sql`(${grids.round}, -${grids.priority}, ${grids.seatsDone}, ${grids.id})
        > (${cursor.round}::int, ${-cursor.priority}::int, ${cursor.seatsDone}::int, ${cursor.gridId}::uuid)`
    : undefined;
  const found = await db
    .select({
      gridId: grids.id,
      pairId: pairs.id,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      round: grids.round,
      priority: grids.priority,
      seatsDone: grids.seatsDone,
      seatsOpen: grids.seatsOpen,
      generator: generators.name,
      revision: generatorRevisions.number,
    })
    .from(grids)
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, grids.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .innerJoin(
      ratingRounds,
      and(eq(ratingRounds.projectId, grids.projectId), eq(ratingRounds.number, grids.round)),
    )
    .where(
      and(
        eq(grids.projectId, member.projectId),
        eq(grids.state, "open"),
        isNull(ratingRounds.closedAt),
        isAfter,
      ),
    )
    .orderBy(asc(grids.round), desc(grids.priority), asc(grids.seatsDone), asc(grids.id))
    .limit(PAGE + 1);
  const page = found.slice(0, PAGE);
  const kept = await readKept(
    db,
    page.map(({ gridId }) => gridId),
  );
  const last = found.length > PAGE ? page.at(-1) : undefined;
  return {
    rows: page.map((row) => ({
      ...row,
      kept: kept
        .filter(({ gridId }) => gridId === row.gridId)
        .map(({ seatId, rater }) => ({ seatId, rater })),
    })),
    nextCursor: last ? placeOf(last) : null,
  };
}

const placeOf = ({ round, priority, seatsDone, gridId }: Omit<OpenGrid, "kept">) => ({
  round,
  priority,
  seatsDone,
  gridId,
});

async function readKept(db: DbOrTx, gridIds: readonly string[]) {
  if (gridIds.length === 0) return [];
  return db
    .select({ gridId: seats.gridId, seatId: seats.id, rater: accounts.name })
    .from(seats)
    .innerJoin(accounts, eq(accounts.id, seats.raterId))
    .where(and(inArray(seats.gridId, [...gridIds]), isNull(seats.completedAt)))
    .orderBy(asc(seats.number));
}
