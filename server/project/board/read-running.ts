import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { batches, patterns, runs } from "@/db/schema";

// As many as a menu can list; the pages of runs and pairs have the rest.
const SHOWN = 5;

export type Running = Awaited<ReturnType<typeof readRunning>>;

/** Work that a person may stop from the board: batches under way by phase, and runs. */
export async function readRunning(db: DbOrTx, projectId: string) {
  const [ofBatches, ofRuns] = await Promise.all([
    db
      .select({
        id: batches.id,
        number: batches.number,
        pattern: patterns.name,
        phase: sql<number>`greatest(2, ${patterns.phase})`.mapWith(Number),
      })
      .from(batches)
      .innerJoin(patterns, eq(patterns.id, batches.patternId))
      .where(and(eq(batches.projectId, projectId), sql`${batches.state} in ('queued', 'running')`))
      .orderBy(asc(batches.createdAt))
      .limit(SHOWN),
    db
      .select({ number: runs.number, purpose: runs.purpose })
      .from(runs)
      .where(and(eq(runs.projectId, projectId), eq(runs.state, "active")))
      .orderBy(desc(runs.number))
      .limit(SHOWN),
  ]);
  return { batches: ofBatches, runs: ofRuns };
}
