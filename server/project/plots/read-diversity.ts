import { and, desc, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { pairLevels, pairs } from "@/db/schema";
import { type Diversity, diversityOf } from "@/server/mining/domain/diversity/diversity";
import { builtInKernel } from "@/server/mining/domain/diversity/kernel";
import type { LevelScope } from "../count-phases";

// Heads and cells of this many newest finds are counted; the price of the page stays the same beyond.
const MOST_PAIRS = 2_000;

/** How different the pairs at Level 5 are from each other, the newest first. Trivial ones are no finds. */
export async function readDiversity(
  db: DbOrTx,
  { projectId, revisionId, judge }: LevelScope,
): Promise<Diversity> {
  const found = await db
    .select({ a: pairs.conceptA, b: pairs.conceptB })
    .from(pairLevels)
    .innerJoin(pairs, eq(pairs.id, pairLevels.pairId))
    .where(
      and(
        eq(pairLevels.projectId, projectId),
        eq(pairLevels.generatorRevisionId, revisionId),
        eq(pairLevels.judge, judge),
        eq(pairLevels.level, 5),
        sql`${pairLevels.isTrivial} is not true`,
      ),
    )
    .orderBy(desc(pairLevels.at))
    .limit(MOST_PAIRS);
  return diversityOf(found, builtInKernel());
}
