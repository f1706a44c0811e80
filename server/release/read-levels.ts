import { asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { generatorRevisions, generators, grids, levels, sittings } from "@/db/schema";
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
      raterId: sittings.raterId,
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
    .where(inArray(grids.pairId, [...pairIds]))
    .orderBy(asc(grids.pairId), asc(levels.id));
  const named = rows.map(({ raterId, ...row }) => ({
    ...row,
    bound: row.level === null ? ("at_most_4" as const) : ("exact" as const),
    source: levelSourceOf(row.basis),
    rater: raterId ? pseudonym(projectId, raterId) : null,
  }));
  return Map.groupBy(named, (row) => row.pairId);
}
