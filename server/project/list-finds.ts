import { and, desc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { gridImages, pairs } from "@/db/schema";
import { type LevelScope, recordLevels } from "./record-levels";

export type Find = {
  pairId: string;
  phase: number;
  conceptA: string;
  conceptB: string;
  imageId: string;
  simulated: boolean;
};

const PER_PHASE = 4;
// One picture stands for the find: of 20 that are all wrong, any will do.
const SHOWN_POSITION = 1;

/** The newest Level-5 pairs, each with an image, up to four a phase. */
export async function listFinds(db: DbOrTx, scope: LevelScope): Promise<Find[]> {
  const record = recordLevels(db, scope).as("record");
  const rows = await db
    .select({
      pairId: record.pairId,
      phase: record.phase,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      imageId: gridImages.imageId,
    })
    .from(record)
    .innerJoin(pairs, eq(pairs.id, record.pairId))
    .innerJoin(
      gridImages,
      and(eq(gridImages.gridId, record.gridId), eq(gridImages.position, SHOWN_POSITION)),
    )
    .where(eq(record.level, 5))
    .orderBy(desc(record.at));
  const simulated = scope.source === "simulated";
  return [1, 2].flatMap((phase) =>
    rows
      .filter((row) => row.phase === phase)
      .slice(0, PER_PHASE)
      .map((row) => ({ ...row, simulated })),
  );
}
