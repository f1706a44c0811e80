import { and, desc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { batches, patterns, saturations } from "@/db/schema";
import { type GaugeBatch, gaugeBatch, outlookOf, runsLow } from "../domain/gauge";

const SHOWN = 11;

export type Gauge = NonNullable<Awaited<ReturnType<typeof readGauge>>>;

/** How far the pattern that runs low has run dry; null before any batch has come back. */
export async function readGauge(db: DbOrTx, projectId: string) {
  const rows = await db
    .select({
      patternId: saturations.patternId,
      pattern: patterns.name,
      proposer: saturations.proposer,
      proposals: saturations.proposals,
      distinct: saturations.distinct,
      once: saturations.once,
      twice: saturations.twice,
      dryBatches: saturations.dryBatches,
      isDry: saturations.isDry,
      isConfirmed: saturations.isConfirmed,
      reason: saturations.reason,
    })
    .from(saturations)
    .innerJoin(patterns, eq(patterns.id, saturations.patternId))
    .where(and(eq(saturations.projectId, projectId), eq(patterns.state, "approved")));
  const low = runsLow(rows);
  if (!low) return null;
  return { ...low, ...outlookOf(low), batches: await readBatches(db, projectId, low) };
}

/** The last batches that this proposer was asked for, oldest first. */
async function readBatches(
  db: DbOrTx,
  projectId: string,
  { patternId, proposer }: { patternId: string; proposer: string },
): Promise<GaugeBatch[]> {
  const rows = await db
    .select({
      number: batches.number,
      fresh: batches.fresh,
      judged: batches.judged,
      isRetest: batches.isRetest,
    })
    .from(batches)
    .where(
      and(
        eq(batches.projectId, projectId),
        eq(batches.patternId, patternId),
        eq(batches.proposer, proposer),
        eq(batches.state, "done"),
      ),
    )
    .orderBy(desc(batches.number))
    .limit(SHOWN);
  return rows.toReversed().map(gaugeBatch);
}
