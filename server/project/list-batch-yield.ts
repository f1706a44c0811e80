import { and, asc, desc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { batches, patterns } from "@/db/schema";

export type BatchYield = {
  patternId: string;
  pattern: string;
  batches: { number: number; returned: number; fresh: number }[];
};

/** How many proposals of each batch were new, for the pattern that was last asked about. */
export async function listBatchYield(db: DbOrTx, projectId: string): Promise<BatchYield | null> {
  const [latest] = await db
    .select({ patternId: batches.patternId, pattern: patterns.name })
    .from(batches)
    .innerJoin(patterns, eq(patterns.id, batches.patternId))
    .where(and(eq(batches.projectId, projectId), eq(batches.state, "done")))
    .orderBy(desc(batches.createdAt))
    .limit(1);
  if (!latest) return null;
  const rows = await db
    .select({ number: batches.number, returned: batches.returned, fresh: batches.fresh })
    .from(batches)
    .where(
      and(
        eq(batches.projectId, projectId),
        eq(batches.patternId, latest.patternId),
        eq(batches.state, "done"),
      ),
    )
    .orderBy(asc(batches.number));
  return { ...latest, batches: rows };
}
