import { and, desc, eq } from "drizzle-orm";
import { generatorRevisions, generators } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { canonicalJson } from "./domain/canonical-json";
import { type RevisionContent, revisionHash } from "./hashes";
import type { NewRevision } from "./schemas";

/** A revision never changes; the same content is the same revision. */
export async function makeRevision(
  { db, member }: MemberContext,
  { generatorId, otherWeights, ...content }: NewRevision,
): Promise<{ id: string; number: number }> {
  return db.transaction(async (tx) => {
    const [generator] = await tx
      .select({ id: generators.id })
      .from(generators)
      .where(and(eq(generators.projectId, member.projectId), eq(generators.id, generatorId)))
      .for("no key update");
    if (!generator) throw new AppError("NOT_FOUND", "No such generator.");
    const known = await tx
      .select()
      .from(generatorRevisions)
      .where(eq(generatorRevisions.generatorId, generator.id))
      .orderBy(desc(generatorRevisions.number));
    const newest = known.find((revision) => isSame(revision, content));
    // Nothing is pinned to an unused revision: it takes whatever weights answer first.
    if (newest && !(otherWeights && newest.weightsHash)) {
      return { id: newest.id, number: newest.number };
    }
    const contentHash = revisionHash({ ...content, replaces: newest?.contentHash });
    const [revision] = await tx
      .insert(generatorRevisions)
      .values({
        projectId: member.projectId,
        generatorId: generator.id,
        number: (known[0]?.number ?? 0) + 1,
        ...content,
        contentHash,
      })
      .returning({ id: generatorRevisions.id, number: generatorRevisions.number });
    if (!revision) throw new Error("The revision was not inserted");
    return revision;
  });
}

const isSame = (revision: typeof generatorRevisions.$inferSelect, content: RevisionContent) =>
  revision.endpointName === content.endpointName &&
  revision.method === content.method &&
  canonicalJson(revision.parameters) === canonicalJson(content.parameters);
