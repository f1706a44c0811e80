import { desc, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { generatorRevisions, generators, runs } from "@/db/schema";

export type TestedRevision = { id: string; generator: string; number: number };

/** The generator under test: that of the newest mining run, before the first run the newest revision. */
export async function findTestedRevision(
  db: DbOrTx,
  projectId: string,
): Promise<TestedRevision | null> {
  const latestRun = sql`(select max(${runs.number}) from ${runs}
    where ${runs.generatorRevisionId} = ${generatorRevisions.id} and ${runs.purpose} = 'mining')`;
  const [revision] = await db
    .select({
      id: generatorRevisions.id,
      generator: generators.name,
      number: generatorRevisions.number,
    })
    .from(generatorRevisions)
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .where(eq(generatorRevisions.projectId, projectId))
    .orderBy(sql`${latestRun} desc nulls last`, desc(generatorRevisions.createdAt))
    .limit(1);
  return revision ?? null;
}
