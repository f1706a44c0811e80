import { asc, desc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { generatorRevisions, generators } from "@/db/schema";

/** Generators with their revisions, the newest revision first. */
export async function listGenerators(db: DbOrTx, projectId: string) {
  const rows = await db
    .select({
      generatorId: generators.id,
      name: generators.name,
      id: generatorRevisions.id,
      number: generatorRevisions.number,
      endpointName: generatorRevisions.endpointName,
      method: generatorRevisions.method,
      parameters: generatorRevisions.parameters,
      weightsHash: generatorRevisions.weightsHash,
    })
    .from(generators)
    .innerJoin(generatorRevisions, eq(generatorRevisions.generatorId, generators.id))
    .where(eq(generators.projectId, projectId))
    .orderBy(asc(generators.name), desc(generatorRevisions.number));
  return rows;
}
