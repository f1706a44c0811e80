import { and, asc, eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { LevelSource, RatingMode } from "@/db/enums";
import { levels, pairLevels } from "@/db/schema";

export type LevelOfRecord = {
  id: string;
  pairId: string;
  gridId: string;
  generatorRevisionId: string;
  source: LevelSource;
  sittingId: string | null;
  ruleVersion: number;
  mode: RatingMode;
  /** null: a screened grid stopped at a correct image, so the Level is at most 4. */
  level: number | null;
  correct: number;
  rated: number;
  low: number;
  high: number;
  createdAt: Date;
};

/**
 * The Levels of record: mining grids, one row for each pair, generator revision and source, a full
 * Level before a screened one. A Level counts when its sitting holds a completed seat, or when its
 * screened grid is on the way to a full one; extra overlap stays beside it. The database keeps the choice.
 */
export async function levelsOfPairs(
  db: DbOrTx,
  projectId: string,
  pairIds: readonly string[],
): Promise<LevelOfRecord[]> {
  if (pairIds.length === 0) return [];
  return db
    .select({
      id: levels.id,
      pairId: pairLevels.pairId,
      gridId: pairLevels.gridId,
      generatorRevisionId: pairLevels.generatorRevisionId,
      source: levels.source,
      sittingId: levels.sittingId,
      ruleVersion: levels.ruleVersion,
      mode: levels.mode,
      level: levels.level,
      correct: levels.correct,
      rated: levels.rated,
      low: levels.low,
      high: levels.high,
      createdAt: levels.createdAt,
    })
    .from(pairLevels)
    .innerJoin(levels, eq(levels.id, pairLevels.levelId))
    .where(and(eq(pairLevels.projectId, projectId), inArray(pairLevels.pairId, [...pairIds])))
    .orderBy(asc(pairLevels.pairId), asc(levels.id));
}
