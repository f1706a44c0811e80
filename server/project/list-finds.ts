import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { gridImages, pairLevels, pairs } from "@/db/schema";
import { type LevelScope, PHASES, type PhaseNumber } from "./count-phases";

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

/** The newest Level-5 pairs that are no trivial ones, each with an image, up to four a phase. */
export async function listFinds(db: DbOrTx, scope: LevelScope): Promise<Find[]> {
  const newest = await Promise.all(PHASES.map((phase) => newestOf(db, scope, phase)));
  const simulated = scope.judge === "simulated";
  const images = await imagesOf(
    db,
    newest.flat().map(({ gridId }) => gridId),
  );
  return newest.flat().flatMap(({ gridId, ...find }) => {
    const imageId = images.get(gridId);
    return imageId ? [{ ...find, imageId, simulated }] : [];
  });
}

/** Follows the index of finds, so that the price is that of four rows. */
function newestOf(db: DbOrTx, { projectId, revisionId, judge }: LevelScope, phase: PhaseNumber) {
  const isFind = sql`${pairLevels.level} = 5 and ${pairLevels.isTrivial} is not true`;
  return db
    .select({
      pairId: pairLevels.pairId,
      phase: pairLevels.phase,
      gridId: pairLevels.gridId,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
    })
    .from(pairLevels)
    .innerJoin(pairs, eq(pairs.id, pairLevels.pairId))
    .where(
      and(
        eq(pairLevels.projectId, projectId),
        eq(pairLevels.generatorRevisionId, revisionId),
        eq(pairLevels.judge, judge),
        eq(pairLevels.phase, phase),
        isFind,
      ),
    )
    .orderBy(desc(pairLevels.at))
    .limit(PER_PHASE);
}

async function imagesOf(db: DbOrTx, gridIds: readonly string[]): Promise<Map<string, string>> {
  if (gridIds.length === 0) return new Map();
  const rows = await db
    .select({ gridId: gridImages.gridId, imageId: gridImages.imageId })
    .from(gridImages)
    .where(and(inArray(gridImages.gridId, [...gridIds]), eq(gridImages.position, SHOWN_POSITION)));
  return new Map(rows.map(({ gridId, imageId }) => [gridId, imageId]));
}
