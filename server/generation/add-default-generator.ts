import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { generatorRevisions, generators, seedSets } from "@/db/schema";
import { seedsOf } from "./domain/seeds";
import { revisionHash } from "./hashes";
import type { GeneratorParameters } from "./schemas";

const NAME = "Sketch simulator";
const REVISION = { endpointName: "sketch", method: "sketch" };
const PARAMETERS: GeneratorParameters = {
  negative_prompt: "",
  steps: 1,
  guidance_scale: 1,
  width: 512,
  height: 512,
  scheduler: "none",
  method_params: {},
};

/** Gives a new project its generator and its mining seeds; doing it twice changes nothing. */
export async function addDefaultGenerator(
  tx: Tx,
  projectId: string,
): Promise<{ generatorRevisionId: string; seedSetId: string }> {
  await tx.insert(generators).values({ projectId, name: NAME }).onConflictDoNothing();
  const [generator] = await tx
    .select({ id: generators.id })
    .from(generators)
    .where(and(eq(generators.projectId, projectId), eq(generators.name, NAME)));
  if (!generator) throw new Error("The default generator is gone");
  const contentHash = revisionHash({ ...REVISION, parameters: PARAMETERS });
  await tx
    .insert(generatorRevisions)
    .values({
      projectId,
      generatorId: generator.id,
      number: 1,
      ...REVISION,
      parameters: PARAMETERS,
      contentHash,
    })
    .onConflictDoNothing();
  await tx
    .insert(seedSets)
    .values({ projectId, number: 1, purpose: "mining", seeds: seedsOf(projectId, 1) })
    .onConflictDoNothing();
  return findDefaults(tx, projectId, generator.id);
}

async function findDefaults(tx: Tx, projectId: string, generatorId: string) {
  const [revision] = await tx
    .select({ id: generatorRevisions.id })
    .from(generatorRevisions)
    .where(and(eq(generatorRevisions.generatorId, generatorId), eq(generatorRevisions.number, 1)));
  const [seedSet] = await tx
    .select({ id: seedSets.id })
    .from(seedSets)
    .where(and(eq(seedSets.projectId, projectId), eq(seedSets.number, 1)));
  if (!revision || !seedSet) throw new Error("The default revision or seed set is gone");
  return { generatorRevisionId: revision.id, seedSetId: seedSet.id };
}
