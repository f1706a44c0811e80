import { desc, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { repairs, runPairs, runs, seedSets } from "@/db/schema";

const MOST = 200;

/** The project's comparisons, the newest first. */
export async function listRepairs(db: DbOrTx, projectId: string) {
  return db
    .select({
      number: repairs.number,
      createdAt: repairs.createdAt,
      generators: sql<number>`(select count(*)::int from ${runs} where ${runs.repairId} = ${repairs.id} and ${runs.seedSetId} = ${seedSets.id})`,
      pairs: sql<number>`(select count(distinct ${runPairs.pairId})::int from ${runPairs} join ${runs} on ${runs.id} = ${runPairs.runId} where ${runs.repairId} = ${repairs.id})`,
    })
    .from(repairs)
    .innerJoin(seedSets, eq(seedSets.id, repairs.seedSetId))
    .where(eq(repairs.projectId, projectId))
    .orderBy(desc(repairs.number))
    .limit(MOST);
}
