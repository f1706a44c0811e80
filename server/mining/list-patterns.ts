import { asc, count, desc, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { batches, pairs, patterns } from "@/db/schema";
import { estimateOf } from "@/server/project/domain/phase-figures";
import { findTestedRevision } from "@/server/project/find-tested-revision";
import { recordLevels } from "@/server/project/record-levels";
import type { MemberContext } from "@/server/trpc/context";

export type ListedPattern = Awaited<ReturnType<typeof listPatterns>>[number];

/** The project's patterns with their pairs, the Levels people gave them, and the last batch. */
export async function listPatterns({ db, member }: MemberContext) {
  const { projectId } = member;
  const [found, pairCounts, rated, lastBatches] = await Promise.all([
    db
      .select({
        id: patterns.id,
        name: patterns.name,
        definition: patterns.definition,
        category: patterns.category,
        state: patterns.state,
      })
      .from(patterns)
      .where(eq(patterns.projectId, projectId))
      .orderBy(sql`${patterns.state} = 'retired'`, asc(patterns.createdAt), asc(patterns.id)),
    countPairs(db, projectId),
    countRated(db, projectId),
    findLastBatches(db, projectId),
  ]);
  return found.map((pattern) => {
    const isOurs = (row: { patternId: string }) => row.patternId === pattern.id;
    const levels = rated.find(isOurs);
    return {
      ...pattern,
      accepted: pairCounts.find(isOurs)?.accepted ?? 0,
      proposed: pairCounts.find(isOurs)?.proposed ?? 0,
      level5: levels ? estimateOf(levels.level5, levels.rated) : null,
      lastBatch: lastBatches.find(isOurs) ?? null,
    };
  });
}

function countPairs(db: DbOrTx, projectId: string) {
  return db
    .select({
      patternId: pairs.patternId,
      accepted: sql<number>`count(*) filter (where ${pairs.state} = 'accepted')`.mapWith(Number),
      proposed: sql<number>`count(*) filter (where ${pairs.state} = 'proposed')`.mapWith(Number),
    })
    .from(pairs)
    .where(eq(pairs.projectId, projectId))
    .groupBy(pairs.patternId);
}

async function countRated(db: DbOrTx, projectId: string) {
  const revision = await findTestedRevision(db, projectId);
  if (!revision) return [];
  const record = recordLevels(db, { projectId, revisionId: revision.id, source: "rater" }).as(
    "record",
  );
  return db
    .select({
      patternId: record.patternId,
      rated: count(),
      level5: sql<number>`count(*) filter (where ${record.level} = 5)`.mapWith(Number),
    })
    .from(record)
    .groupBy(record.patternId);
}

function findLastBatches(db: DbOrTx, projectId: string) {
  return db
    .selectDistinctOn([batches.patternId], {
      patternId: batches.patternId,
      number: batches.number,
      state: batches.state,
      reason: batches.reason,
      asked: batches.asked,
      returned: batches.returned,
      fresh: batches.fresh,
    })
    .from(batches)
    .where(eq(batches.projectId, projectId))
    .orderBy(batches.patternId, desc(batches.number));
}
