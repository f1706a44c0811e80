import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { Judge } from "@/db/enums";
import { pairLevels, pairs, patterns, runPairs, runs } from "@/db/schema";
import type { Level } from "@/server/rating/domain/level";
import { isLevel } from "./domain/level-counts";
import type { Repair } from "./find-repair";

export type ComparedLevel = {
  revisionId: string;
  pairId: string;
  gridId: string;
  level: Level;
  correct: number;
};

/**
 * The Levels of a comparison's own grids, chosen among several as `level_of_record` (drizzle/0011) chooses: adjudicated before agreed,
 * one rater alone only where one was planned, and the newest grid where broken images were drawn again.
 */
export async function readComparedLevels(
  db: DbOrTx,
  { id }: Pick<Repair, "id">,
  judge: Judge,
): Promise<ComparedLevel[]> {
  const sources = judge === "simulated" ? ["simulated"] : ["rater", "consensus", "adjudicated"];
  const rows = await db.execute<Omit<ComparedLevel, "level"> & { level: number }>(sql`
    select distinct on (run.generator_revision_id, grid.pair_id)
      run.generator_revision_id as "revisionId", grid.pair_id as "pairId", grid.id as "gridId", l.level, l.correct
    from run
      join run_pair on run_pair.run_id = run.id
      join grid on grid.pair_id = run_pair.pair_id and grid.prompt_set_id = run_pair.prompt_set_id
        and grid.generator_revision_id = run.generator_revision_id and grid.seed_set_id = run.seed_set_id
      join level l on l.grid_id = grid.id and l.mode = 'full'
      left join seat on seat.sitting_id = l.sitting_id
    where run.repair_id = ${id} and run.state <> 'cancelled'
      and l.source::text in ${sources}
      and (l.sitting_id is null or (seat.completed_at is not null and seat.kind = 'plan' and grid.raters = 1))
    order by run.generator_revision_id, grid.pair_id, grid.created_at desc,
      (l.source = 'adjudicated') desc, (l.sitting_id is null) desc, l.created_at desc`);
  return rows.flatMap((row) => (isLevel(row.level) ? [{ ...row, level: row.level }] : []));
}

/** The pairs of a comparison, by the order in which they came into the project. */
export const readComparedPairs = (db: DbOrTx, { id, seedSetId }: Repair) =>
  db
    .selectDistinct({
      pairId: pairs.id,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      latent: pairs.latent,
      patternId: patterns.id,
      pattern: patterns.name,
    })
    .from(runPairs)
    .innerJoin(
      runs,
      and(eq(runs.id, runPairs.runId), eq(runs.repairId, id), eq(runs.seedSetId, seedSetId)),
    )
    .innerJoin(pairs, eq(pairs.id, runPairs.pairId))
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .orderBy(asc(pairs.id));
export type ComparedPairRow = Awaited<ReturnType<typeof readComparedPairs>>[number];

/** Levels of record at the mining seeds, of the same pairs: what they were chosen by, and so no evidence. */
export async function readMiningLevels(
  db: DbOrTx,
  pairIds: readonly string[],
  revisionIds: readonly string[],
  judge: Judge,
) {
  const rows = await db
    .select({
      revisionId: pairLevels.generatorRevisionId,
      pairId: pairLevels.pairId,
      level: pairLevels.level,
    })
    .from(pairLevels)
    .where(
      and(
        inArray(pairLevels.pairId, [...pairIds]),
        inArray(pairLevels.generatorRevisionId, [...revisionIds]),
        eq(pairLevels.judge, judge),
      ),
    );
  return rows.flatMap(({ level, ...row }) =>
    level !== null && isLevel(level) ? [{ ...row, level }] : [],
  );
}
