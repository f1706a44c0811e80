import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { batches, patterns } from "@/db/schema";

export type LastBatch = {
  phase: number;
  pattern: string;
  number: number;
  returned: number;
  fresh: number;
  at: Date | null;
};

/** The batch that came back last in each of phases 2 to 4: one step into the index for each pattern. */
export async function readLastBatches(db: DbOrTx, projectId: string): Promise<LastBatch[]> {
  const newest = db
    .select({
      number: batches.number,
      returned: batches.returned,
      fresh: batches.fresh,
      finishedAt: batches.finishedAt,
    })
    .from(batches)
    .where(and(eq(batches.patternId, patterns.id), eq(batches.state, "done")))
    .orderBy(desc(batches.number))
    .limit(1)
    .as("newest");
  const phase = sql<number>`greatest(2, ${patterns.phase})`.mapWith(Number);
  return db
    .selectDistinctOn([phase], {
      phase,
      pattern: patterns.name,
      number: newest.number,
      returned: newest.returned,
      fresh: newest.fresh,
      at: newest.finishedAt,
    })
    .from(patterns)
    .innerJoinLateral(newest, sql`true`)
    .where(and(eq(patterns.projectId, projectId), isNotNull(newest.number)))
    .orderBy(phase, sql`${newest.finishedAt} desc nulls last`);
}
