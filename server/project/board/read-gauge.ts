import { and, desc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { batches } from "@/db/schema";
import { listGauges } from "@/server/mining/list-gauges";
import { type GaugeBatch, gaugeBatch, runsLow } from "../domain/gauge";

const SHOWN = 11;

export type Gauge = NonNullable<Awaited<ReturnType<typeof readGauge>>>;

/** How far the pattern that runs low has run dry; null before a batch of a proposer in use has come back. */
export async function readGauge(db: DbOrTx, projectId: string) {
  const gauges = await listGauges(db, projectId);
  const low = runsLow(gauges.filter(({ state }) => state === "approved"));
  return low && { ...low, batches: await readBatches(db, projectId, low) };
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
