import { and, asc, desc, eq, ne } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { generatorRevisions, generators } from "@/db/schema";
import { IMPORTED } from "./domain/imported";
import { modelTold } from "./model-told";

/** Generators that can be asked, with their revisions, the newest revision first. */
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
      model: modelTold,
    })
    .from(generators)
    .innerJoin(generatorRevisions, eq(generatorRevisions.generatorId, generators.id))
    .where(and(eq(generators.projectId, projectId), ne(generatorRevisions.endpointName, IMPORTED)))
    .orderBy(asc(generators.name), desc(generatorRevisions.number));
  return rows;
}
