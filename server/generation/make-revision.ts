import { and, desc, eq } from "drizzle-orm";
import { generatorRevisions, generators } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { canonicalJson } from "./domain/canonical-json";
import { revisionHash } from "./hashes";
import { GeneratorParameters, type NewRevision } from "./schemas";
import { filled, type Settled, settleContent } from "./settle-content";

/** A revision never changes; the same content is the same revision. */
export async function makeRevision(
  { db, member }: MemberContext,
  { generatorId, otherWeights, ...asked }: NewRevision,
): Promise<{ id: string; number: number; isNew: boolean }> {
  return db.transaction(async (tx) => {
    const [generator] = await tx
      .select({ id: generators.id })
      .from(generators)
      .where(and(eq(generators.projectId, member.projectId), eq(generators.id, generatorId)))
      .for("no key update");
    if (!generator) throw new AppError("NOT_FOUND", "No such generator.");
    const settled = await settleContent(tx, asked);
    const known = await tx
      .select()
      .from(generatorRevisions)
      .where(eq(generatorRevisions.generatorId, generator.id))
      .orderBy(desc(generatorRevisions.number));
    const newest = known.find((revision) => isSame(revision, settled));
    // Nothing is pinned to an unused revision: it takes whatever weights answer first.
    if (newest && !(otherWeights && newest.weightsHash)) {
      return { id: newest.id, number: newest.number, isNew: false };
    }
    const contentHash = revisionHash({ ...settled.content, replaces: newest?.contentHash });
    const [revision] = await tx
      .insert(generatorRevisions)
      .values({
        projectId: member.projectId,
        generatorId: generator.id,
        number: (known[0]?.number ?? 0) + 1,
        ...settled.content,
        contentHash,
      })
      .returning({ id: generatorRevisions.id, number: generatorRevisions.number });
    if (!revision) throw new Error("The revision was not inserted");
    return { ...revision, isNew: true };
  });
}

/** A revision from before that left a parameter out took what is said now by default. */
function isSame(
  { endpointName, method, parameters }: typeof generatorRevisions.$inferSelect,
  settled: Settled,
): boolean {
  const known = { endpointName, method, parameters: GeneratorParameters.parse(parameters) };
  const { content } = settled;
  const alike = settled.method ? filled(known, settled.method) : known;
  return canonicalJson(alike) === canonicalJson(content);
}
