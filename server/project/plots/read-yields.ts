import { and, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { levelCounts, patterns } from "@/db/schema";
import type { LevelScope } from "../count-phases";
import { type Estimate, estimateOf } from "../domain/phase-figures";

export type PatternYield = Estimate & { patternId: string; pattern: string; trivial: number };

/** The share at Level 5 of each pattern that has rated pairs, the surest first. */
export async function readYields(
  db: DbOrTx,
  { projectId, revisionId, judge }: LevelScope,
): Promise<PatternYield[]> {
  const { level, trivial, pairs } = levelCounts;
  const sum = (condition: ReturnType<typeof sql>) =>
    sql<number>`coalesce(sum(${pairs}) filter (where ${condition}), 0)`.mapWith(Number);
  const rows = await db
    .select({
      patternId: levelCounts.patternId,
      pattern: patterns.name,
      rated: sql<number>`sum(${pairs})`.mapWith(Number),
      level5: sum(sql`${level} = 5 and ${trivial} <> 'yes'`),
      trivial: sum(sql`${level} = 5 and ${trivial} = 'yes'`),
    })
    .from(levelCounts)
    .innerJoin(patterns, eq(patterns.id, levelCounts.patternId))
    .where(
      and(
        eq(levelCounts.projectId, projectId),
        eq(levelCounts.generatorRevisionId, revisionId),
        eq(levelCounts.judge, judge),
      ),
    )
    .groupBy(levelCounts.patternId, patterns.name);
  return rows
    .flatMap(({ rated, level5, ...row }) => {
      const found = estimateOf(level5, rated);
      return found ? [{ ...row, ...found }] : [];
    })
    .toSorted((x, y) => y.low - x.low);
}
