import { eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { generatorRevisions, generators, runs } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { IMPORTED } from "@/server/generation/domain/imported";
import { newestRevisionFirst } from "@/server/generation/newest-revision";

export type TestedRevision = { id: string; generator: string; number: number };

/** The generator under test: that of the newest mining run, before the first run the newest revision, of several made at once the first. */
export async function findTestedRevision(
  db: DbOrTx,
  projectId: string,
): Promise<TestedRevision | null> {
  const [revision] = await listTestedRevisions(db, projectId);
  return revision ?? null;
}

/** Every revision that may be put under test, the one in use first, those that were only brought in last. */
export async function listTestedRevisions(
  db: DbOrTx,
  projectId: string,
): Promise<TestedRevision[]> {
  const latestRun = sql`(select max(${runs.number}) from ${runs}
    where ${runs.generatorRevisionId} = ${generatorRevisions.id} and ${runs.purpose} = 'mining')`;
  const isImported = sql`${generatorRevisions.endpointName} = ${IMPORTED}`;
  return db
    .select({
      id: generatorRevisions.id,
      generator: generators.name,
      number: generatorRevisions.number,
    })
    .from(generatorRevisions)
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .where(eq(generatorRevisions.projectId, projectId))
    .orderBy(isImported, sql`${latestRun} desc nulls last`, ...newestRevisionFirst);
}

/** The one that was asked for, else the one in use; null before there is any. */
export function chooseRevision(
  revisions: readonly TestedRevision[],
  revisionId: string | undefined,
): TestedRevision | null {
  if (!revisionId) return revisions[0] ?? null;
  const chosen = revisions.find(({ id }) => id === revisionId);
  if (!chosen) throw new AppError("NOT_FOUND", "No such generator revision in this project.");
  return chosen;
}
