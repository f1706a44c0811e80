import { and, asc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { gridImages, grids, pairs, ratingRounds, sittings, verdicts } from "@/db/schema";

type Who = { projectId: string; raterId: string };
type Held = {
  id: string;
  conceptA: string;
  conceptB: string;
  laterAt: Date | null;
  /** Images without a verdict, of all. */
  open: number;
  images: number;
};
export type InHand = {
  /** What a press of Continue opens; null: nothing is begun. */
  next: Held | null;
  /** The first to come back first, no more than a screen of them. */
  putOff: Held[];
};

const SHOWN_LATER = 20;

/** What a rater has in hand in open rounds, in the order in which it is handed out (drizzle/0013). */
export async function listHeld(db: DbOrTx, who: Who): Promise<InHand> {
  const [[next = null], putOff] = await Promise.all([
    readHeld(db, who, isNull(sittings.laterAt)).limit(1),
    readHeld(db, who, isNotNull(sittings.laterAt)).limit(SHOWN_LATER),
  ]);
  return { next, putOff };
}

function readHeld(db: DbOrTx, { projectId, raterId }: Who, such: SQL) {
  const judged = sql`(select count(*) from ${verdicts} where ${verdicts.sittingId} = ${sittings.id})`;
  const images = sql`(select count(*) from ${gridImages} where ${gridImages.gridId} = ${sittings.gridId})`;
  return db
    .select({
      id: sittings.id,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      laterAt: sittings.laterAt,
      open: sql<number>`${images} - ${judged}`.mapWith(Number),
      images: sql<number>`${images}`.mapWith(Number),
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
        eq(sittings.projectId, projectId),
        eq(sittings.raterId, raterId),
        eq(sittings.state, "live"),
        or(isNull(ratingRounds.closedAt), inArray(sittings.kind, ["gold", "training"])),
        such,
      ),
    )
    .orderBy(asc(sittings.laterAt), asc(sittings.id));
}
