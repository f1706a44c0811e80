import { and, count, eq, inArray, isNotNull, ne, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { PROPOSAL_STRATEGIES } from "@/db/enums";
import {
  batches,
  levels,
  pairLevels,
  pairs,
  patterns,
  phases,
  saturations,
  sittings,
} from "@/db/schema";
import { findTestedRevision } from "@/server/project/find-tested-revision";
import type { Arm } from "./domain/allocation/allocate";
import { proposersInUse } from "./proposers-in-use";

export type Arms = {
  arms: Arm[];
  /** Pairs by pattern, rated or on their way, that count for its floor and belong to no arm: typed or imported. */
  typed: Record<string, number>;
};

/** Every approved pattern by each strategy, with the Levels that people gave its pairs under the generator in use. */
export async function readArms(tx: Tx, projectId: string): Promise<Arms> {
  const [open, found, onTheirWay, asked] = [
    await readOpen(tx, projectId),
    await readLevels(tx, projectId),
    await countOnTheirWay(tx, projectId),
    await countAsked(tx, projectId),
  ];
  const arms = open.flatMap(({ patternId, isOpen, dry }) =>
    PROPOSAL_STRATEGIES.map((strategy) => {
      const isArm = (row: { patternId: string; strategy: string | null }) =>
        row.patternId === patternId && row.strategy === strategy;
      const { rated = 0, level5 = 0, minutes = 0 } = found.find(isArm) ?? {};
      const underWay = (asked.find(isArm)?.pairs ?? 0) + (onTheirWay.find(isArm)?.pairs ?? 0);
      const isMine = isOpen && !dry.has(strategy);
      return { patternId, strategy, rated, found: level5, minutes, underWay, isOpen: isMine };
    }),
  );
  const typed: Record<string, number> = {};
  const addTyped = (patternId: string, pairs: number) => {
    typed[patternId] = (typed[patternId] ?? 0) + pairs;
  };
  for (const row of found) if (row.strategy === null) addTyped(row.patternId, row.rated);
  for (const row of onTheirWay) if (row.strategy === null) addTyped(row.patternId, row.pairs);
  return { arms, typed };
}

/** Approved patterns; open when their phase is, and by which strategies a re-test found them dry. */
async function readOpen(tx: Tx, projectId: string) {
  const proposers = await proposersInUse(tx);
  const found = await tx
    .select({ patternId: patterns.id, state: phases.state })
    .from(patterns)
    .innerJoin(
      phases,
      and(
        eq(phases.projectId, patterns.projectId),
        // Pairs that are asked for of a first pattern are phase 2.
        sql`${phases.number} = case ${patterns.phase} when 1 then 2 else ${patterns.phase} end`,
      ),
    )
    .where(and(eq(patterns.projectId, projectId), eq(patterns.state, "approved")))
    .orderBy(patterns.createdAt, patterns.id);
  const confirmed = await tx
    .select({ patternId: saturations.patternId, proposer: saturations.proposer })
    .from(saturations)
    .where(and(eq(saturations.projectId, projectId), eq(saturations.isConfirmed, true)));
  return found.map(({ patternId, state }) => ({
    patternId,
    isOpen: state === "open",
    dry: new Set(
      PROPOSAL_STRATEGIES.filter((strategy) =>
        confirmed.some(
          (row) => row.patternId === patternId && row.proposer === proposers[strategy],
        ),
      ),
    ),
  }));
}

/** Level 5 counts unless it is known to be trivial; a pair of no batch has no strategy. */
async function readLevels(tx: Tx, projectId: string) {
  const revision = await findTestedRevision(tx, projectId);
  if (!revision) return [];
  return tx
    .select({
      patternId: pairLevels.patternId,
      strategy: batches.strategy,
      rated: count(),
      level5:
        sql`count(*) filter (where ${pairLevels.level} = 5 and ${pairLevels.isTrivial} is not true)`.mapWith(
          Number,
        ),
      minutes: sql`coalesce(sum(${sittings.activeMs}), 0) / 60000.0`.mapWith(Number),
    })
    .from(pairLevels)
    .innerJoin(pairs, eq(pairs.id, pairLevels.pairId))
    .leftJoin(batches, eq(batches.id, pairs.batchId))
    .innerJoin(levels, eq(levels.id, pairLevels.levelId))
    .leftJoin(sittings, eq(sittings.id, levels.sittingId))
    .where(
      and(
        eq(pairLevels.projectId, projectId),
        eq(pairLevels.generatorRevisionId, revision.id),
        eq(pairLevels.judge, "human"),
      ),
    )
    .groupBy(pairLevels.patternId, batches.strategy);
}

/** Pairs without a Level that may still get one, by what proposed them. */
function countOnTheirWay(tx: Tx, projectId: string) {
  return tx
    .select({ patternId: pairs.patternId, strategy: batches.strategy, pairs: count() })
    .from(pairs)
    .leftJoin(batches, eq(batches.id, pairs.batchId))
    .where(
      and(
        eq(pairs.projectId, projectId),
        inArray(pairs.state, ["proposed", "accepted"]),
        or(eq(pairs.state, "proposed"), ne(pairs.stage, "rated")),
      ),
    )
    .groupBy(pairs.patternId, batches.strategy);
}

/** One that a budget holds back goes on by itself when it is raised. */
function countAsked(tx: Tx, projectId: string) {
  return tx
    .select({
      patternId: batches.patternId,
      strategy: batches.strategy,
      pairs: sql`sum(${batches.asked})`.mapWith(Number),
    })
    .from(batches)
    .where(
      and(
        eq(batches.projectId, projectId),
        inArray(batches.state, ["queued", "running", "waiting"]),
        or(ne(batches.state, "waiting"), isNotNull(batches.heldBy)),
      ),
    )
    .groupBy(batches.patternId, batches.strategy);
}
