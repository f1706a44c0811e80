import { and, desc, eq, inArray, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import { levelCounts, pairLevels, pairs, patterns } from "@/db/schema";
import { findTestedRevision } from "@/server/project/find-tested-revision";
import type { PairExample } from "../exchanges/contract";
import type { PatternWithYield } from "../exchanges/pattern-answer";
import { wasDrawnWell } from "../was-drawn-well";

const EXAMPLES = 5;
const LEVEL_NEVER = 5;

/** Patterns as the LLM is shown them: their yield with the tested generator, and examples of both ends. */
export async function readPatternsWithYield(
  db: Db,
  { projectId, patternIds }: { projectId: string; patternIds: readonly string[] },
): Promise<PatternWithYield[]> {
  if (patternIds.length === 0) return [];
  const [found, revision] = await Promise.all([
    db
      .select()
      .from(patterns)
      .where(and(eq(patterns.projectId, projectId), inArray(patterns.id, [...patternIds]))),
    findTestedRevision(db, projectId),
  ]);
  const inOrder = patternIds.flatMap((id) => found.filter((pattern) => pattern.id === id));
  return Promise.all(
    inOrder.map(async ({ id, name, definition, category }) => ({
      name,
      definition,
      category,
      ...(revision
        ? await readOutcomes(db, { projectId, patternId: id, revisionId: revision.id })
        : { rated: 0, level5: 0, successes: await newestPairs(db, id), failures: [] }),
    })),
  );
}

type Place = { projectId: string; patternId: string; revisionId: string };

async function readOutcomes(
  db: Db,
  { projectId, patternId, revisionId }: Place,
): Promise<Pick<PatternWithYield, "rated" | "level5" | "successes" | "failures">> {
  const counted = await db
    .select({ level: levelCounts.level, pairs: levelCounts.pairs })
    .from(levelCounts)
    .where(
      and(
        eq(levelCounts.projectId, projectId),
        eq(levelCounts.patternId, patternId),
        eq(levelCounts.generatorRevisionId, revisionId),
        eq(levelCounts.judge, "human"),
      ),
    );
  const sum = (rows: typeof counted) => rows.reduce((total, row) => total + row.pairs, 0);
  const at = (levels: SQL) =>
    db
      .select({ a: pairs.conceptA, b: pairs.conceptB, latent: pairs.latent })
      .from(pairLevels)
      .innerJoin(pairs, eq(pairs.id, pairLevels.pairId))
      .where(
        and(
          eq(pairLevels.patternId, patternId),
          eq(pairLevels.generatorRevisionId, revisionId),
          eq(pairLevels.judge, "human"),
          levels,
        ),
      )
      .orderBy(desc(pairLevels.at), desc(pairLevels.pairId))
      .limit(EXAMPLES);
  const [never, failures] = await Promise.all([
    at(eq(pairLevels.level, LEVEL_NEVER)),
    at(wasDrawnWell()),
  ]);
  return {
    rated: sum(counted),
    level5: sum(counted.filter(({ level }) => level === LEVEL_NEVER)),
    successes: never.length > 0 ? never : await newestPairs(db, patternId),
    failures,
  };
}

/** Before anything is rated, what people accepted is the best that is known. */
export async function newestPairs(db: Db, patternId: string): Promise<PairExample[]> {
  return db
    .select({ a: pairs.conceptA, b: pairs.conceptB, latent: pairs.latent })
    .from(pairs)
    .where(and(eq(pairs.patternId, patternId), eq(pairs.state, "accepted")))
    .orderBy(desc(pairs.id))
    .limit(EXAMPLES);
}
