import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import {
  accounts,
  batches,
  decisions,
  generatorRevisions,
  generators,
  gridImages,
  grids,
  levels,
  pairs,
  patterns,
  renders,
  runRenders,
  runs,
  sittings,
} from "@/db/schema";

const LENGTH = 5;

/** What happened last in a project, newest first. */
export async function listActivity(db: DbOrTx, projectId: string) {
  const found = await Promise.all([
    lastLevels(db, projectId),
    lastRuns(db, projectId),
    lastBatches(db, projectId),
    lastDecisions(db, projectId),
  ]);
  return found
    .flat()
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, LENGTH);
}

export type Activity = Awaited<ReturnType<typeof listActivity>>[number];

async function lastLevels(db: DbOrTx, projectId: string) {
  const rows = await db
    .select({
      id: levels.id,
      at: levels.createdAt,
      pairId: pairs.id,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      level: levels.level,
      correct: levels.correct,
      rated: levels.rated,
      source: levels.source,
      rater: accounts.name,
      imageId: gridImages.imageId,
    })
    .from(levels)
    .innerJoin(grids, eq(grids.id, levels.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .leftJoin(gridImages, and(eq(gridImages.gridId, grids.id), eq(gridImages.position, 1)))
    .leftJoin(sittings, eq(sittings.id, levels.sittingId))
    .leftJoin(accounts, eq(accounts.id, sittings.raterId))
    .where(eq(levels.projectId, projectId))
    .orderBy(desc(levels.createdAt))
    .limit(LENGTH);
  return rows.map((row) => ({ kind: "level" as const, ...row }));
}

async function lastRuns(db: DbOrTx, projectId: string) {
  const rows = await db
    .select({
      id: runs.id,
      at: sql<Date>`coalesce(${runs.finishedAt}, ${runs.createdAt})`.mapWith(runs.createdAt),
      number: runs.number,
      state: runs.state,
      generator: generators.name,
      renders: sql<number>`count(${runRenders.renderId})`.mapWith(Number),
      done: sql<number>`count(*) filter (where ${renders.state} = 'done')`.mapWith(Number),
      failed: sql<number>`count(*) filter (where ${renders.state} = 'failed')`.mapWith(Number),
    })
    .from(runs)
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, runs.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .leftJoin(runRenders, eq(runRenders.runId, runs.id))
    .leftJoin(renders, eq(renders.id, runRenders.renderId))
    .where(eq(runs.projectId, projectId))
    .groupBy(runs.id, generators.name)
    .orderBy(desc(runs.number))
    .limit(LENGTH);
  return rows.map((row) => ({ kind: "run" as const, ...row }));
}

async function lastBatches(db: DbOrTx, projectId: string) {
  const rows = await db
    .select({
      id: batches.id,
      at: sql<Date>`coalesce(${batches.finishedAt}, ${batches.createdAt})`.mapWith(
        batches.createdAt,
      ),
      number: batches.number,
      state: batches.state,
      reason: batches.reason,
      asked: batches.asked,
      returned: batches.returned,
      fresh: batches.fresh,
      pattern: patterns.name,
    })
    .from(batches)
    .innerJoin(patterns, eq(patterns.id, batches.patternId))
    .where(eq(batches.projectId, projectId))
    .orderBy(desc(batches.createdAt))
    .limit(LENGTH);
  return rows.map((row) => ({ kind: "batch" as const, ...row }));
}

// Of the many choices in the log, those that a colleague would want to hear of.
const TOLD = ["project.create", "project.rename", "pattern.create", "pattern.retire"] as const;

async function lastDecisions(db: DbOrTx, projectId: string) {
  const rows = await db
    .select({
      id: decisions.id,
      at: decisions.createdAt,
      action: sql<(typeof TOLD)[number]>`${decisions.action}`,
      subject: sql<string | null>`coalesce(${patterns.name}, ${decisions.payload}->>'name')`,
      actor: accounts.name,
    })
    .from(decisions)
    .leftJoin(accounts, eq(accounts.id, decisions.actorId))
    .leftJoin(patterns, eq(patterns.id, decisions.subjectId))
    .where(and(eq(decisions.projectId, projectId), inArray(decisions.action, [...TOLD])))
    .orderBy(desc(decisions.createdAt), asc(decisions.id))
    .limit(LENGTH);
  return rows.map((row) => ({ kind: "decision" as const, ...row }));
}
