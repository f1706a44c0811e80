import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { generatorRevisions, generators, seedSets } from "@/db/schema";
import {
  type DefaultGenerators,
  GENERATORS,
  type NamedGenerator,
} from "./domain/default-generators";
import { seedsOf } from "./domain/seeds";
import { revisionHash } from "./hashes";
import { type ListedEndpoint, listEndpoints } from "./read-endpoints";
import type { RevisionSettings } from "./schemas";
import { filled } from "./settle-content";

type Added = { generatorRevisionId: string; seedSetId: string };

/** Gives a new project its generators and its mining seeds; doing it twice changes nothing. The revision is the one under test. */
export async function addDefaultGenerators(
  tx: Tx,
  projectId: string,
  which: DefaultGenerators,
): Promise<Added> {
  const endpoints = await listEndpoints(tx);
  const [tested, ...others] = GENERATORS[which];
  // Of revisions of one moment, the one that was added first is under test.
  const generatorRevisionId = await addOne(tx, projectId, tested, endpoints);
  for (const other of others) await addOne(tx, projectId, other, endpoints);
  await tx
    .insert(seedSets)
    .values({ projectId, number: 1, purpose: "mining", seeds: seedsOf(projectId, 1) })
    .onConflictDoNothing();
  const [seedSet] = await tx
    .select({ id: seedSets.id })
    .from(seedSets)
    .where(and(eq(seedSets.projectId, projectId), eq(seedSets.number, 1)));
  if (!seedSet) throw new Error("The default seed set is gone");
  return { generatorRevisionId, seedSetId: seedSet.id };
}

async function addOne(
  tx: Tx,
  projectId: string,
  { name, content: asked }: NamedGenerator,
  endpoints: readonly ListedEndpoint[],
): Promise<string> {
  await tx.insert(generators).values({ projectId, name }).onConflictDoNothing();
  const [generator] = await tx
    .select({ id: generators.id })
    .from(generators)
    .where(and(eq(generators.projectId, projectId), eq(generators.name, name)));
  if (!generator) throw new Error("The default generator is gone");
  const content = withParameters(asked, endpoints);
  await tx
    .insert(generatorRevisions)
    .values({
      projectId,
      generatorId: generator.id,
      number: 1,
      ...content,
      contentHash: revisionHash(content),
    })
    .onConflictDoNothing();
  const [revision] = await tx
    .select({ id: generatorRevisions.id })
    .from(generatorRevisions)
    .where(and(eq(generatorRevisions.generatorId, generator.id), eq(generatorRevisions.number, 1)));
  if (!revision) throw new Error("The default revision is gone");
  return revision.id;
}

/** A revision says every parameter, where the endpoint has told which there are. */
function withParameters(
  content: RevisionSettings,
  endpoints: readonly ListedEndpoint[],
): RevisionSettings {
  const endpoint = endpoints.find(({ name }) => name === content.endpointName);
  const method = endpoint?.offer?.methods.find(({ name }) => name === content.method);
  return method ? filled(content, method) : content;
}
