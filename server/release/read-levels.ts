import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import {
  consensuses,
  generatorRevisions,
  generators,
  grids,
  levels,
  pairLevels,
  sittings,
} from "@/db/schema";
import { clopperPearson } from "@/server/agreement/domain/clopper-pearson";
import { levelSourceOf, pseudonym } from "./rater";

/** The Levels of these pairs, by pair. */
export async function readLevels(tx: Tx, projectId: string, pairIds: readonly string[]) {
  const rows = await tx
    .select({
      pairId: grids.pairId,
      generator: generators.name,
      revision: generatorRevisions.number,
      protocol: grids.protocolVersion,
      purpose: grids.purpose,
      round: grids.round,
      basis: levels.source,
      recordId: pairLevels.levelId,
      sitting: levels.sittingId,
      raterId: sittings.raterId,
      joint: {
        raters: consensuses.raters,
        isBoundary: consensuses.isBoundary,
        isAudited: sql<boolean>`exists (select from seat where seat.grid_id = ${grids.id} and seat.kind = 'audit' and seat.completed_at is not null)`,
        firstLevel: consensuses.firstLevel,
        auditedLevel: consensuses.auditedLevel,
      },
      mode: levels.mode,
      correct: levels.correct,
      rated: levels.rated,
      level: levels.level,
      low: levels.low,
      high: levels.high,
      rule_version: levels.ruleVersion,
      guideline_version: sittings.guidelineVersion,
      created_at: levels.createdAt,
    })
    .from(levels)
    .innerJoin(grids, eq(grids.id, levels.gridId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, grids.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .leftJoin(sittings, eq(sittings.id, levels.sittingId))
    .leftJoin(pairLevels, eq(pairLevels.levelId, levels.id))
    .leftJoin(consensuses, and(eq(consensuses.gridId, levels.gridId), ofSameJudge))
    .where(inArray(grids.pairId, [...pairIds]))
    .orderBy(asc(grids.pairId), asc(levels.id));
  const named = rows.map(({ raterId, recordId, joint, ...row }) => ({
    ...row,
    of_record: recordId !== null,
    ...jointOf(row.sitting, joint),
    ...exactOf(row),
    bound: row.level === null ? ("at_most_4" as const) : ("exact" as const),
    source: levelSourceOf(row.basis),
    rater: raterId ? pseudonym(projectId, raterId) : null,
  }));
  return Map.groupBy(named, (row) => row.pairId);
}

const ofSameJudge = sql`${consensuses.judge} = case ${levels.source} when 'simulated' then 'simulated' else 'human' end::judge`;

type Joint = {
  raters: number | null;
  isBoundary: boolean | null;
  isAudited: boolean;
  firstLevel: number | null;
  auditedLevel: number | null;
};

/** What several raters say together is said of their Level, and of a rater's own where there is but one. */
function jointOf(sitting: string | null, joint: Joint | null) {
  const isWhole = sitting === null || joint?.raters === 1;
  const told = isWhole ? joint : null;
  const isAudited = told?.isAudited === true;
  return {
    n_raters: sitting === null ? (joint?.raters ?? null) : 1,
    is_boundary: told?.isBoundary ?? null,
    first_level: isAudited ? told.firstLevel : null,
    audited_level: isAudited ? told.auditedLevel : null,
  };
}

type Counted = Pick<typeof levels.$inferSelect, "mode" | "correct" | "rated" | "low" | "high">;

/** Where rating stopped at the first correct image the interval that is kept is the exact one already. */
function exactOf({ mode, correct, rated, low, high }: Counted) {
  const exact = mode === "full" ? clopperPearson(correct, rated) : { low, high };
  return { exact_low: exact.low, exact_high: exact.high };
}
