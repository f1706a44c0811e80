import { and, count, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { grids, renders, runRenders, runs } from "@/db/schema";

/** How far a comparison has come: renders that are done, and its grids that wait for raters. */
export async function readProgress(db: DbOrTx, repairId: string) {
  const own = eq(runs.repairId, repairId);
  const [drawing] = await db
    .select({
      renders: count(),
      done: sql<number>`(count(*) filter (where ${renders.state} = 'done'))::int`,
    })
    .from(runs)
    .innerJoin(runRenders, eq(runRenders.runId, runs.id))
    .innerJoin(renders, eq(renders.id, runRenders.renderId))
    .where(own);
  const seedSetIds = db.select({ id: runs.seedSetId }).from(runs).where(own);
  const [waiting] = await db
    .select({ grids: count() })
    .from(grids)
    .where(
      and(
        eq(grids.purpose, "repair"),
        eq(grids.state, "open"),
        inArray(grids.seedSetId, seedSetIds),
      ),
    );
  return {
    renders: drawing?.renders ?? 0,
    done: drawing?.done ?? 0,
    toRate: waiting?.grids ?? 0,
  };
}
