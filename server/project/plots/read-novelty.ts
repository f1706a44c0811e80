import { and, desc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { batches, patterns } from "@/db/schema";
import { type GaugeBatch, gaugeBatch } from "../domain/gauge";

// More lines or longer ones could not be told apart; the newest are shown.
const MOST_BATCHES = 300;

export type PatternNovelty = { patternId: string; pattern: string; batches: GaugeBatch[] };

/** The share of new pairs in the newest batches, by pattern, each pattern's batches in their order. */
export async function readNovelty(db: DbOrTx, projectId: string): Promise<PatternNovelty[]> {
  const rows = await db
    .select({
      patternId: batches.patternId,
      pattern: patterns.name,
      number: batches.number,
      fresh: batches.fresh,
      judged: batches.judged,
      isRetest: batches.isRetest,
    })
    .from(batches)
    .innerJoin(patterns, eq(patterns.id, batches.patternId))
    .where(and(eq(batches.projectId, projectId), eq(batches.state, "done")))
    .orderBy(desc(batches.createdAt))
    .limit(MOST_BATCHES);
  const byPattern = Map.groupBy(rows.toReversed(), ({ patternId }) => patternId);
  return [...byPattern].map(([patternId, found]) => ({
    patternId,
    pattern: found[0]?.pattern ?? "",
    batches: found
      .map(({ number, fresh, judged, isRetest }) => gaugeBatch({ number, fresh, judged, isRetest }))
      .toSorted((x, y) => x.number - y.number),
  }));
}
