import { and, asc, desc, eq, gt, inArray, isNull, lt, or } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, generatorRevisions, generators, grids, pairs, seats } from "@/db/schema";
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

/** Grids that wait for raters, those handed out first at the top. */
export async function listOpenGrids(
  { db, member }: MemberContext,
  { cursor }: ListOpenGrids,
): Promise<{ rows: OpenGrid[]; nextCursor: { priority: number; gridId: string } | null }> {
  const isAfter = cursor
    ? or(
        lt(grids.priority, cursor.priority),
        and(eq(grids.priority, cursor.priority), gt(grids.id, cursor.gridId)),
      )
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
    .where(and(eq(grids.projectId, member.projectId), eq(grids.state, "open"), isAfter))
    .orderBy(desc(grids.priority), asc(grids.id))
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
    nextCursor: last ? { priority: last.priority, gridId: last.gridId } : null,
  };
}

async function readKept(db: DbOrTx, gridIds: readonly string[]) {
  if (gridIds.length === 0) return [];
  return db
    .select({ gridId: seats.gridId, seatId: seats.id, rater: accounts.name })
    .from(seats)
    .innerJoin(accounts, eq(accounts.id, seats.raterId))
    .where(and(inArray(seats.gridId, [...gridIds]), isNull(seats.completedAt)))
    .orderBy(asc(seats.number));
}
