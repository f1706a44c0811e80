import { and, count, desc, eq, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { DbOrTx } from "@/db/client";
import {
  accounts,
  batches,
  consensuses,
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
import { behindJointLevel } from "@/server/rating/joint-level";
import { MOST_COUNTED } from "./domain/next-step";

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
      raters: consensuses.raters,
      imageId: gridImages.imageId,
      purpose: grids.purpose,
      generator: generators.name,
    })
    .from(levels)
    .innerJoin(grids, eq(grids.id, levels.gridId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, grids.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .leftJoin(gridImages, and(eq(gridImages.gridId, grids.id), eq(gridImages.position, 1)))
    .leftJoin(sittings, eq(sittings.id, levels.sittingId))
    .leftJoin(accounts, eq(accounts.id, sittings.raterId))
    .leftJoin(consensuses, behindJointLevel)
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
    })
    .from(runs)
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, runs.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .where(eq(runs.projectId, projectId))
    .orderBy(desc(runs.number))
    .limit(LENGTH);
  return Promise.all(
    rows.map(async (row) => ({
      kind: "run" as const,
      ...row,
      progress: row.state === "active" ? await progressOf(db, row.id) : null,
    })),
  );
}

/** Of a run that goes on; a very large one is counted as far as a line has room to say. */
async function progressOf(db: DbOrTx, runId: string) {
  const some = db
    .select({ state: renders.state })
    .from(runRenders)
    .innerJoin(renders, eq(renders.id, runRenders.renderId))
    .where(eq(runRenders.runId, runId))
    .limit(MOST_COUNTED)
    .as("some");
  const [found] = await db
    .select({
      renders: count(),
      done: sql<number>`count(*) filter (where ${some.state} = 'done')`.mapWith(Number),
      failed: sql<number>`count(*) filter (where ${some.state} = 'failed')`.mapWith(Number),
    })
    .from(some);
  return found && found.renders < MOST_COUNTED ? found : null;
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
const TOLD = [
  "project.create",
  "project.rename",
  "pattern.create",
  "pattern.retire",
  "pattern.approve",
  "pattern.merge",
  "phase.open",
  "phase.pause",
  "phase.resume",
  "budget.set",
] as const;

/** The newest of each kind by its index: the many decisions between them cost nothing. */
async function lastDecisions(db: DbOrTx, projectId: string) {
  const [first, second, ...rest] = TOLD.map((action) => lastOf(db, projectId, action));
  if (!first || !second) return [];
  const rows = await unionAll(first, second, ...rest);
  return rows.map((row) => ({ kind: "decision" as const, ...row }));
}

function lastOf(db: DbOrTx, projectId: string, action: (typeof TOLD)[number]) {
  return db
    .select({
      id: decisions.id,
      at: decisions.createdAt,
      action: sql<(typeof TOLD)[number]>`${decisions.action}`,
      subject: sql<
        string | null
      >`coalesce(${patterns.name}, ${decisions.payload}->>'name', ${decisions.payload}->>'kind')`,
      phase: sql<number | null>`(${decisions.payload}->>'number')::int`,
      actor: accounts.name,
    })
    .from(decisions)
    .leftJoin(accounts, eq(accounts.id, decisions.actorId))
    .leftJoin(patterns, eq(patterns.id, decisions.subjectId))
    .where(and(eq(decisions.projectId, projectId), eq(decisions.action, action)))
    .orderBy(desc(decisions.seq))
    .limit(LENGTH);
}
