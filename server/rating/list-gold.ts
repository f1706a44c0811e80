import { and, asc, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, goldGrids, goldVerdicts, grids, pairs, sittings, verdicts } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { goldByTurn } from "./gold-by-turn";

/** Every gold and training grid, and how many images of them were judged as they are meant: by each rater, and by how much a rater had done. */
export async function listGold({ db, member }: MemberContext) {
  const [listed, raters, turns] = await Promise.all([
    listGrids(db, member.projectId),
    listAccuracy(db, member.projectId),
    goldByTurn(db, member.projectId),
  ]);
  return { grids: listed, raters, turns };
}

function listGrids(db: DbOrTx, projectId: string) {
  return db
    .select({
      gridId: goldGrids.gridId,
      use: goldGrids.use,
      retiredAt: goldGrids.retiredAt,
      pairId: pairs.id,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      sittings: sql<number>`(
        select count(*) from ${sittings} where ${sittings.gridId} = ${goldGrids.gridId}
          and ${sittings.state} = 'submitted' and ${sittings.kind} in ('gold', 'training'))`.mapWith(
        Number,
      ),
      images: ofGrid(sql`${verdicts.verdict} in ('correct', 'incorrect')`),
      right: ofGrid(sql`${verdicts.verdict} = ${goldVerdicts.verdict}`),
    })
    .from(goldGrids)
    .innerJoin(grids, eq(grids.id, goldGrids.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .where(eq(goldGrids.projectId, projectId))
    .orderBy(sql`${goldGrids.retiredAt} nulls first`, desc(goldGrids.createdAt));
}

/** Images of a grid that were judged while it measured or taught. */
const ofGrid = (condition: SQL) =>
  sql<number>`(
    select count(*) from ${sittings}
      join ${verdicts} on ${verdicts.sittingId} = ${sittings.id}
      join ${goldVerdicts} on ${goldVerdicts.gridId} = ${sittings.gridId} and ${goldVerdicts.imageId} = ${verdicts.imageId}
    where ${sittings.gridId} = ${goldGrids.gridId} and ${sittings.state} = 'submitted'
      and ${sittings.kind} in ('gold', 'training') and ${condition})`.mapWith(Number);

/** An image flagged as broken was not judged: it is in neither figure. */
function listAccuracy(db: DbOrTx, projectId: string) {
  const isJudged = sql`${verdicts.verdict} in ('correct', 'incorrect')`;
  return db
    .select({
      raterId: sittings.raterId,
      rater: accounts.name,
      use: goldGrids.use,
      grids: sql<number>`count(distinct ${sittings.id})`.mapWith(Number),
      images: sql<number>`count(*) filter (where ${isJudged})`.mapWith(Number),
      right:
        sql<number>`count(*) filter (where ${verdicts.verdict} = ${goldVerdicts.verdict})`.mapWith(
          Number,
        ),
    })
    .from(sittings)
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .innerJoin(goldGrids, eq(goldGrids.gridId, sittings.gridId))
    .innerJoin(goldVerdicts, eq(goldVerdicts.gridId, goldGrids.gridId))
    .innerJoin(
      verdicts,
      and(eq(verdicts.sittingId, sittings.id), eq(verdicts.imageId, goldVerdicts.imageId)),
    )
    .where(
      and(
        eq(goldGrids.projectId, projectId),
        eq(sittings.state, "submitted"),
        inArray(sittings.kind, ["gold", "training"]),
      ),
    )
    .groupBy(sittings.raterId, accounts.name, goldGrids.use)
    .orderBy(asc(accounts.name), asc(goldGrids.use));
}
