import { and, desc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { generatorRevisions, generators } from "@/db/schema";
import { IMPORTED } from "@/server/generation/domain/imported";
import { hashOf } from "@/server/generation/hashes";
import type { ImageSheet } from "./domain/arrange-images";
import type { FoundImport } from "./find-import";

/** One revision for each generator and date that a file names. No bridge serves its endpoint. */
export function findOrAddRevision(tx: Tx, { projectId }: FoundImport) {
  const known = new Map<string, string>();
  return async ({ generator, date }: Pick<ImageSheet, "generator" | "date">): Promise<string> => {
    const key = JSON.stringify([generator, date]);
    const before = known.get(key);
    if (before) return before;
    const generatorId = await findOrAddGenerator(tx, projectId, `${generator} (imported)`);
    const id = await findOrAdd(tx, {
      projectId,
      generatorId,
      parameters: { imported: true, generator, date },
    });
    known.set(key, id);
    return id;
  };
}

/** Under a name of its own: what was made here and what was brought in must not look alike. */
async function findOrAddGenerator(tx: Tx, projectId: string, name: string): Promise<string> {
  await tx.insert(generators).values({ projectId, name }).onConflictDoNothing();
  const [found] = await tx
    .select({ id: generators.id })
    .from(generators)
    .where(and(eq(generators.projectId, projectId), eq(generators.name, name)));
  if (!found) throw new Error("The generator was not stored");
  return found.id;
}

type NewRevision = { projectId: string; generatorId: string; parameters: Record<string, unknown> };

async function findOrAdd(tx: Tx, revision: NewRevision): Promise<string> {
  const contentHash = hashOf({
    endpointName: IMPORTED,
    method: IMPORTED,
    parameters: revision.parameters,
  });
  const known = await tx
    .select()
    .from(generatorRevisions)
    .where(eq(generatorRevisions.generatorId, revision.generatorId))
    .orderBy(desc(generatorRevisions.number));
  const same = known.find((row) => row.contentHash === contentHash);
  if (same) return same.id;
  const number = (known[0]?.number ?? 0) + 1;
  const [made] = await tx
    .insert(generatorRevisions)
    .values({ ...revision, number, endpointName: IMPORTED, method: IMPORTED, contentHash })
    .returning({ id: generatorRevisions.id });
  if (!made) throw new Error("The revision was not stored");
  return made.id;
}
