import { generatorRevisions, generators } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { revisionHash } from "./hashes";
import type { NewGenerator } from "./schemas";
import { settleContent } from "./settle-content";

/** Registers a generator with its first revision. */
export async function addGenerator(
  { db, member }: MemberContext,
  { name, ...asked }: NewGenerator,
): Promise<{ generatorId: string; id: string; number: number }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    const { content } = await settleContent(tx, asked);
    const [generator] = await tx
      .insert(generators)
      .values({ projectId, name })
      .onConflictDoNothing()
      .returning({ id: generators.id });
    if (!generator) {
      throw new AppError(
        "CONFLICT",
        `There is a generator called ${name}: make a revision of it, or choose another name.`,
      );
    }
    const [revision] = await tx
      .insert(generatorRevisions)
      .values({
        projectId,
        generatorId: generator.id,
        number: 1,
        ...content,
        contentHash: revisionHash(content),
      })
      .returning({ id: generatorRevisions.id, number: generatorRevisions.number });
    if (!revision) throw new Error("The revision was not inserted");
    return { generatorId: generator.id, ...revision };
  });
}
