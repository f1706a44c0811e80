import { and, desc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { grids, levels, pairs } from "@/db/schema";
import type { LevelScope } from "./count-phases";

/**
 * The Level of record of each pair for one generator revision and one source: the newest full
 * Level of its mining grid. Human and simulated Levels never meet in one query.
 */
export function recordLevels(db: DbOrTx, { projectId, revisionId, source }: LevelScope) {
  return db
    .selectDistinctOn([grids.pairId], {
      pairId: grids.pairId,
      gridId: grids.id,
      phase: pairs.phase,
      patternId: pairs.patternId,
      level: levels.level,
      correct: levels.correct,
      at: levels.createdAt,
    })
    .from(levels)
    .innerJoin(grids, eq(grids.id, levels.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .where(
      and(
        eq(levels.projectId, projectId),
        eq(levels.source, source),
        eq(levels.mode, "full"),
        eq(grids.generatorRevisionId, revisionId),
        eq(grids.purpose, "mining"),
      ),
    )
    .orderBy(grids.pairId, desc(levels.createdAt));
}
