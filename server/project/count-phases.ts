import { and, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { type Judge, PAIR_STAGES, type PairStage } from "@/db/enums";
import { levelCounts, pairCounts, patterns } from "@/db/schema";

export const PHASES = [1, 2, 3, 4] as const;
export type PhaseNumber = (typeof PHASES)[number];

export type PhaseTally = {
  typed: number;
  imported: number;
  proposed: number;
  fresh: number;
  toReview: number;
  accepted: number;
  /** Accepted pairs by how far they have come. */
  stages: Record<PairStage, number>;
} & RatedTally;

export type RatedTally = {
  /** Pairs with a Level, screened ones too. */
  rated: number;
  level5: number;
  /** At Level 5 because A or B alone cannot be drawn: counted apart, not in `level5`. */
  trivial: number;
  /** Screened and not at Level 5: at most 4. */
  censored: number;
};

const NO_LEVEL: RatedTally = { rated: 0, level5: 0, trivial: 0, censored: 0 };

export type LevelScope = { projectId: string; revisionId: string; judge: Judge };

/** What each phase brought, Levels of people only. Reads counters: its price does not grow with the pairs. */
export async function countPhases(
  db: DbOrTx,
  projectId: string,
  revisionId: string | null,
): Promise<Record<PhaseNumber, PhaseTally>> {
  const [ofPairs, ofProposals, ofLevels] = await Promise.all([
    readPairCounts(db, projectId),
    readProposals(db, projectId),
    revisionId ? countRated(db, { projectId, revisionId, judge: "human" }) : [],
  ]);
  const tallyOf = (phase: PhaseNumber): PhaseTally => ({
    ...tallyPairs(ofPairs.filter((row) => row.phase === phase)),
    ...(ofProposals.find((row) => row.phase === phase) ?? { proposed: 0, fresh: 0 }),
    ...(ofLevels.find((row) => row.phase === phase) ?? NO_LEVEL),
  });
  return { 1: tallyOf(1), 2: tallyOf(2), 3: tallyOf(3), 4: tallyOf(4) };
}

type PairCount = Awaited<ReturnType<typeof readPairCounts>>[number];

const total = sql<number>`sum(${pairCounts.pairs})`.mapWith(Number);

function readPairCounts(db: DbOrTx, projectId: string) {
  const { phase, origin, state, stage } = pairCounts;
  return db
    .select({ phase, origin, state, stage, pairs: total })
    .from(pairCounts)
    .where(eq(pairCounts.projectId, projectId))
    .groupBy(phase, origin, state, stage);
}

function tallyPairs(rows: readonly PairCount[]) {
  const sum = (isCounted: (row: PairCount) => boolean) =>
    rows.reduce((found, row) => found + (isCounted(row) ? row.pairs : 0), 0);
  const isAccepted = (row: PairCount) => row.state === "accepted";
  const stages = Object.fromEntries(
    PAIR_STAGES.map((stage) => [stage, sum((row) => isAccepted(row) && row.stage === stage)]),
  ) as Record<PairStage, number>;
  return {
    typed: sum((row) => row.origin === "human"),
    imported: sum((row) => row.origin === "import"),
    toReview: sum((row) => row.state === "proposed"),
    accepted: sum(isAccepted),
    stages,
  };
}

// A batch on a pattern of phase 1 belongs to phase 2; on a later pattern, to that pattern's phase.
const batchPhase = sql<number>`greatest(2, ${patterns.phase})`;

function readProposals(db: DbOrTx, projectId: string) {
  return db
    .select({
      phase: batchPhase.mapWith(Number).as("phase"),
      proposed: sql<number>`sum(${patterns.returned})`.mapWith(Number),
      fresh: sql<number>`sum(${patterns.fresh})`.mapWith(Number),
    })
    .from(patterns)
    .where(eq(patterns.projectId, projectId))
    .groupBy(batchPhase);
}

/** Pairs with a Level of record by phase. Human and simulated Levels never meet in one query. */
export async function countRated(
  db: DbOrTx,
  { projectId, revisionId, judge }: LevelScope,
): Promise<(RatedTally & { phase: number })[]> {
  const { level, trivial, pairs } = levelCounts;
  const filtered = (condition: ReturnType<typeof sql>) =>
    sql<number>`coalesce(sum(${pairs}) filter (where ${condition}), 0)`.mapWith(Number);
  return db
    .select({
      phase: levelCounts.phase,
      rated: sql<number>`sum(${pairs})`.mapWith(Number),
      level5: filtered(sql`${level} = 5 and ${trivial} <> 'yes'`),
      trivial: filtered(sql`${level} = 5 and ${trivial} = 'yes'`),
      censored: filtered(sql`${level} = 0`),
    })
    .from(levelCounts)
    .where(
      and(
        eq(levelCounts.projectId, projectId),
        eq(levelCounts.generatorRevisionId, revisionId),
        eq(levelCounts.judge, judge),
      ),
    )
    .groupBy(levelCounts.phase);
}
