import { and, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { levelCounts } from "@/db/schema";
import type { LevelScope } from "../count-phases";

/** `level` 0: screened and not at Level 5, so at most 4. */
export type LevelShare = { level: number; pairs: number };

const LEVELS = [1, 2, 3, 4, 5, 0] as const;

/** How many pairs have each Level, those without any told as none. */
export async function readLevels(
  db: DbOrTx,
  { projectId, revisionId, judge }: LevelScope,
): Promise<LevelShare[]> {
  const rows = await db
    .select({
      level: levelCounts.level,
      pairs: sql<number>`sum(${levelCounts.pairs})`.mapWith(Number),
    })
    .from(levelCounts)
    .where(
      and(
        eq(levelCounts.projectId, projectId),
        eq(levelCounts.generatorRevisionId, revisionId),
        eq(levelCounts.judge, judge),
      ),
    )
    .groupBy(levelCounts.level);
  return LEVELS.map((level) => ({
    level,
    pairs: rows.find((row) => row.level === level)?.pairs ?? 0,
  }));
}
