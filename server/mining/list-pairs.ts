import { and, asc, desc, eq, exists, ilike, inArray, lt, or, type SQL } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { generatorRevisions, generators, grids, levels, pairs, patterns } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { type ListPairs, PAIR_PAGE } from "./schemas";

export type ListedPair = Awaited<ReturnType<typeof listPairs>>["pairs"][number];

/** One page of pairs, newest first, with their Levels of the mining grids. */
export async function listPairs(
  { db, member }: Pick<MemberContext, "db" | "member">,
  filter: ListPairs,
) {
  const { projectId } = member;
  const rows = await db
    .select({
      id: pairs.id,
      a: pairs.conceptA,
      b: pairs.conceptB,
      latent: pairs.latent,
      origin: pairs.origin,
      state: pairs.state,
      reason: pairs.reason,
      reasonText: pairs.reasonText,
      promptsState: pairs.promptsState,
      promptsReason: pairs.promptsReason,
      patternId: patterns.id,
      pattern: patterns.name,
    })
    .from(pairs)
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .where(and(eq(pairs.projectId, projectId), ...conditions(db, filter)))
    .orderBy(desc(pairs.id))
    .limit(PAIR_PAGE + 1);
  const page = rows.slice(0, PAIR_PAGE);
  const found = await levelsOf(
    db,
    projectId,
    page.map(({ id }) => id),
  );
  return {
    pairs: page.map((row) => ({ ...row, levels: found.filter(({ pairId }) => pairId === row.id) })),
    nextCursor: rows.length > PAIR_PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}

function conditions(db: DbOrTx, { patternId, state, search, level, cursor }: ListPairs): SQL[] {
  const like = search ? `%${search.replace(/[\\%_]/g, "\\$&")}%` : null;
  const found: (SQL | undefined)[] = [
    patternId ? eq(pairs.patternId, patternId) : undefined,
    state ? eq(pairs.state, state) : undefined,
    like
      ? or(ilike(pairs.conceptA, like), ilike(pairs.conceptB, like), ilike(pairs.latent, like))
      : undefined,
    level ? hasLevel(db, level) : undefined,
    cursor ? lt(pairs.id, cursor) : undefined,
  ];
  return found.filter((condition) => condition !== undefined);
}

const isLevelOfRecord = () => and(eq(grids.purpose, "mining"), eq(levels.mode, "full"));

function hasLevel(db: DbOrTx, level: number): SQL {
  return exists(
    db
      .select({ id: levels.id })
      .from(levels)
      .innerJoin(grids, eq(grids.id, levels.gridId))
      .where(and(eq(grids.pairId, pairs.id), eq(levels.level, level), isLevelOfRecord())),
  );
}

export async function levelsOf(db: DbOrTx, projectId: string, pairIds: readonly string[]) {
  if (pairIds.length === 0) return [];
  return db
    .select({
      id: levels.id,
      pairId: grids.pairId,
      gridId: grids.id,
      level: levels.level,
      correct: levels.correct,
      rated: levels.rated,
      low: levels.low,
      high: levels.high,
      source: levels.source,
      generator: generators.name,
      revision: generatorRevisions.number,
    })
    .from(levels)
    .innerJoin(grids, eq(grids.id, levels.gridId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, grids.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .where(
      and(eq(levels.projectId, projectId), inArray(grids.pairId, [...pairIds]), isLevelOfRecord()),
    )
    .orderBy(asc(levels.id));
}
