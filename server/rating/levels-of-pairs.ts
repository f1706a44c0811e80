import { and, asc, eq, inArray, isNotNull } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { LevelSource } from "@/db/enums";
import { grids, levels, seats } from "@/db/schema";

export type LevelOfRecord = {
  pairId: string;
  gridId: string;
  generatorRevisionId: string;
  source: LevelSource;
  sittingId: string | null;
  ruleVersion: number;
  level: number | null;
  correct: number;
  rated: number;
  low: number;
  high: number;
  createdAt: Date;
};

/**
 * The Levels of record: mining grids, one row for each pair, generator revision and source. A Level
 * counts when its sitting holds a completed seat; extra overlap stays beside it.
 */
export async function levelsOfPairs(
  db: DbOrTx,
  projectId: string,
  pairIds: readonly string[],
): Promise<LevelOfRecord[]> {
  if (pairIds.length === 0) return [];
  return db
    .selectDistinctOn([grids.pairId, grids.generatorRevisionId, levels.source], {
      pairId: grids.pairId,
      gridId: grids.id,
      generatorRevisionId: grids.generatorRevisionId,
      source: levels.source,
      sittingId: levels.sittingId,
      ruleVersion: levels.ruleVersion,
      level: levels.level,
      correct: levels.correct,
      rated: levels.rated,
      low: levels.low,
      high: levels.high,
      createdAt: levels.createdAt,
    })
    .from(levels)
    .innerJoin(grids, eq(grids.id, levels.gridId))
    .innerJoin(seats, and(eq(seats.sittingId, levels.sittingId), isNotNull(seats.completedAt)))
    .where(
      and(
        eq(levels.projectId, projectId),
        eq(levels.mode, "full"),
        eq(grids.purpose, "mining"),
        inArray(grids.pairId, [...pairIds]),
      ),
    )
    .orderBy(grids.pairId, grids.generatorRevisionId, levels.source, asc(seats.number));
}
