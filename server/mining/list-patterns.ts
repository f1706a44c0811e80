import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { batches, levelCounts, pairCounts, patternParents, patterns } from "@/db/schema";
import { readAsks } from "@/server/loop/read-asks";
import { estimateOf } from "@/server/project/domain/phase-figures";
import { findTestedRevision } from "@/server/project/find-tested-revision";
import type { MemberContext } from "@/server/trpc/context";
import { listGauges } from "./list-gauges";

export type ListedPattern = Awaited<ReturnType<typeof listPatterns>>[number];

/** The project's patterns with their pairs, the Levels people gave them, the last batch, and how dry they run. */
export async function listPatterns({ db, member }: Pick<MemberContext, "db" | "member">) {
  const { projectId } = member;
  const [found, parents, counted, rated, lastBatches, gauges, asks] = await Promise.all([
    findPatterns(db, projectId),
    findParents(db, projectId),
    sumPairs(db, projectId),
    sumLevels(db, projectId),
    findLastBatches(db, projectId),
    listGauges(db, projectId),
    readAsks(db, projectId),
  ]);
  return found.map((pattern) => {
    const isOurs = (row: { patternId: string }) => row.patternId === pattern.id;
    const levels = rated.find(isOurs);
    const pairs = counted.find(isOurs);
    return {
      ...pattern,
      parentIds: parents.filter(isOurs).map(({ parentId }) => parentId),
      accepted: pairs?.accepted ?? 0,
      proposed: pairs?.proposed ?? 0,
      seeds: pairs?.seeds ?? 0,
      level5: levels ? estimateOf(levels.level5, levels.rated) : null,
      // Level 5 although A or B alone cannot be drawn: counted, and told apart.
      trivial: levels?.trivial ?? 0,
      lastBatch: lastBatches.find(isOurs) ?? null,
      gauges: gauges.filter(isOurs),
      asks: asks.filter(isOurs).map(({ step, reason }) => ({ step, reason })),
    };
  });
}

const findPatterns = (db: DbOrTx, projectId: string) =>
  db
    .select({
      id: patterns.id,
      name: patterns.name,
      definition: patterns.definition,
      category: patterns.category,
      phase: patterns.phase,
      state: patterns.state,
      mergedIntoId: patterns.mergedIntoId,
      isAuto: patterns.isAuto,
      askSteps: patterns.askSteps,
      batchSize: patterns.batchSize,
    })
    .from(patterns)
    .where(eq(patterns.projectId, projectId))
    .orderBy(sql`${patterns.state} = 'retired'`, asc(patterns.createdAt), asc(patterns.id));

// Ids are made in the order of time: the parent that was named first stands first.
const findParents = (db: DbOrTx, projectId: string) =>
  db
    .select({ patternId: patternParents.childId, parentId: patternParents.parentId })
    .from(patternParents)
    .innerJoin(patterns, eq(patterns.id, patternParents.childId))
    .where(eq(patterns.projectId, projectId))
    .orderBy(asc(patternParents.childId), asc(patternParents.parentId));

const sumPairs = (db: DbOrTx, projectId: string) =>
  db
    .select({
      patternId: pairCounts.patternId,
      accepted: sumWhere(sql`${pairCounts.state} = 'accepted'`),
      proposed: sumWhere(sql`${pairCounts.state} = 'proposed'`),
      seeds: sumWhere(sql`${pairCounts.phase} = 1 and ${pairCounts.state} = 'accepted'`),
    })
    .from(pairCounts)
    .where(eq(pairCounts.projectId, projectId))
    .groupBy(pairCounts.patternId);

const sumWhere = (condition: ReturnType<typeof sql>) =>
  sql<number>`coalesce(sum(${pairCounts.pairs}) filter (where ${condition}), 0)`.mapWith(Number);

/** A screened grid settles Level 5 or not as a full one does, so both count. */
async function sumLevels(db: DbOrTx, projectId: string) {
  const revision = await findTestedRevision(db, projectId);
  if (!revision) return [];
  const sumLevel5 = (trivial: readonly string[]) =>
    sql<number>`coalesce(sum(${levelCounts.pairs}) filter (where ${and(
      eq(levelCounts.level, 5),
      inArray(levelCounts.trivial, [...trivial]),
    )}), 0)`.mapWith(Number);
  return db
    .select({
      patternId: levelCounts.patternId,
      rated: sql<number>`sum(${levelCounts.pairs})`.mapWith(Number),
      level5: sumLevel5(["yes", "no", "unknown"]),
      trivial: sumLevel5(["yes"]),
    })
    .from(levelCounts)
    .where(
      and(
        eq(levelCounts.projectId, projectId),
        eq(levelCounts.generatorRevisionId, revision.id),
        eq(levelCounts.judge, "human"),
      ),
    )
    .groupBy(levelCounts.patternId);
}

/** By each pattern's newest number: the unique key answers it without reading the older ones. */
function findLastBatches(db: DbOrTx, projectId: string) {
  const newest = db
    .select({
      patternId: batches.patternId,
      number: batches.number,
      state: batches.state,
      reason: batches.reason,
      asked: batches.asked,
      returned: batches.returned,
      fresh: batches.fresh,
      judged: batches.judged,
    })
    .from(batches)
    .where(eq(batches.patternId, patterns.id))
    .orderBy(desc(batches.number))
    .limit(1)
    .as("newest");
  return db
    .select({
      patternId: newest.patternId,
      number: newest.number,
      state: newest.state,
      reason: newest.reason,
      asked: newest.asked,
      returned: newest.returned,
      fresh: newest.fresh,
      judged: newest.judged,
    })
    .from(patterns)
    .innerJoinLateral(newest, sql`true`)
    .where(eq(patterns.projectId, projectId));
}
