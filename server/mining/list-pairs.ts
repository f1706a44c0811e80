import { and, asc, desc, eq, exists, ilike, inArray, isNull, lt, or, type SQL } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { generatorRevisions, generators, levels, pairLevels, pairs, patterns } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { type LevelFilter, type ListPairs, PAIR_PAGE } from "./schemas";

export type ListedPair = Awaited<ReturnType<typeof listPairs>>["pairs"][number];

/** One page of pairs, newest first, with their Levels of record. */
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
      variantOfA: pairs.variantOfA,
      variantOfB: pairs.variantOfB,
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
    .where(and(eq(pairs.projectId, projectId), ...pairConditions(db, filter)))
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

/** What a filter of the pairs page means, without the project. */
export function pairConditions(
  db: DbOrTx,
  { patternId, state, search, level, cursor }: ListPairs,
): SQL[] {
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

function hasLevel(db: DbOrTx, level: LevelFilter): SQL {
  const isIt = level === "atMost4" ? isNull(pairLevels.level) : eq(pairLevels.level, level);
  return exists(
    db
      .select({ pairId: pairLevels.pairId })
      .from(pairLevels)
      .where(and(eq(pairLevels.pairId, pairs.id), isIt)),
  );
}

export async function levelsOf(db: DbOrTx, projectId: string, pairIds: readonly string[]) {
  if (pairIds.length === 0) return [];
  return db
    .select({
      id: levels.id,
      pairId: pairLevels.pairId,
      gridId: pairLevels.gridId,
      mode: levels.mode,
      level: levels.level,
      correct: levels.correct,
      rated: levels.rated,
      low: levels.low,
      high: levels.high,
      source: levels.source,
      generator: generators.name,
      revision: generatorRevisions.number,
      isTrivial: pairLevels.isTrivial,
    })
    .from(pairLevels)
    .innerJoin(levels, eq(levels.id, pairLevels.levelId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, pairLevels.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .where(and(eq(pairLevels.projectId, projectId), inArray(pairLevels.pairId, [...pairIds])))
    .orderBy(asc(levels.id));
}
