import { and, count, countDistinct, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { LevelSource } from "@/db/enums";
import { batches, grids, pairs, patterns, proposals } from "@/db/schema";
import { recordLevels } from "./record-levels";

export type PhaseTally = {
  typed: number;
  imported: number;
  proposed: number;
  fresh: number;
  accepted: number;
  rendered: number;
  rated: number;
  level5: number;
};

const NOTHING: PhaseTally = {
  typed: 0,
  imported: 0,
  proposed: 0,
  fresh: 0,
  accepted: 0,
  rendered: 0,
  rated: 0,
  level5: 0,
};

/** What each phase brought, Levels of people only. */
export async function countPhases(
  db: DbOrTx,
  projectId: string,
  revisionId: string | null,
): Promise<(phase: number) => PhaseTally> {
  const found = await Promise.all([
    countPairs(db, projectId),
    countProposals(db, projectId),
    revisionId ? countRendered(db, projectId, revisionId) : [],
    revisionId ? countRated(db, { projectId, revisionId, source: "rater" }) : [],
  ]);
  const rows = found.flat();
  return (phase) => Object.assign({ ...NOTHING }, ...rows.filter((row) => row.phase === phase));
}

function countPairs(db: DbOrTx, projectId: string) {
  return db
    .select({
      phase: pairs.phase,
      typed: sql<number>`count(*) filter (where ${pairs.origin} = 'human')`.mapWith(Number),
      imported: sql<number>`count(*) filter (where ${pairs.origin} = 'import')`.mapWith(Number),
      accepted: sql<number>`count(*) filter (where ${pairs.state} = 'accepted')`.mapWith(Number),
    })
    .from(pairs)
    .where(eq(pairs.projectId, projectId))
    .groupBy(pairs.phase);
}

// A batch on a pattern of phase 1 belongs to phase 2; on a later pattern, to that pattern's phase.
const batchPhase = sql<number>`greatest(2, ${patterns.phase})`;

function countProposals(db: DbOrTx, projectId: string) {
  return db
    .select({
      phase: batchPhase.mapWith(Number).as("phase"),
      proposed: count(),
      fresh:
        sql<number>`count(*) filter (where ${proposals.outcome} in ('new', 'overruled'))`.mapWith(
          Number,
        ),
    })
    .from(proposals)
    .innerJoin(batches, eq(batches.id, proposals.batchId))
    .innerJoin(patterns, eq(patterns.id, batches.patternId))
    .where(eq(proposals.projectId, projectId))
    .groupBy(batchPhase);
}

function countRendered(db: DbOrTx, projectId: string, revisionId: string) {
  return db
    .select({ phase: pairs.phase, rendered: countDistinct(grids.pairId) })
    .from(grids)
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .where(
      and(
        eq(grids.projectId, projectId),
        eq(grids.generatorRevisionId, revisionId),
        eq(grids.purpose, "mining"),
      ),
    )
    .groupBy(pairs.phase);
}

export async function countRated(
  db: DbOrTx,
  scope: { projectId: string; revisionId: string; source: LevelSource },
) {
  const record = recordLevels(db, scope).as("record");
  return db
    .select({
      phase: record.phase,
      rated: count(),
      level5: sql<number>`count(*) filter (where ${record.level} = 5)`.mapWith(Number),
    })
    .from(record)
    .groupBy(record.phase);
}
