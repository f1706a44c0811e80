import { z } from "zod";
import type { Tx } from "@/db/client";
import { patterns } from "@/db/schema";
import { recordDecision } from "@/server/project/record-decision";
import { insertAccepted } from "./add-pairs";
import data from "./domain/example-patterns.json";
import { nameKey } from "./domain/name-key";

const Examples = z.array(
  z.object({
    name: z.string(),
    definition: z.string(),
    pairs: z.array(z.tuple([z.string(), z.string(), z.string()])),
  }),
);

/** Two of the world's four families with hand-made pairs; later phases have the rest to find. */
export async function addExamplePatterns(
  tx: Tx,
  { projectId, accountId }: { projectId: string; accountId: string },
): Promise<void> {
  for (const { name, definition, pairs } of Examples.parse(data)) {
    const [pattern] = await tx
      .insert(patterns)
      .values({
        projectId,
        name,
        nameKey: nameKey(name),
        definition,
        category: "lcmis",
        createdBy: accountId,
      })
      .returning();
    if (!pattern) throw new Error("The pattern was not stored");
    await recordDecision(tx, {
      projectId,
      actorId: accountId,
      action: "pattern.create",
      subjectId: pattern.id,
      payload: { name, definition, category: pattern.category },
    });
    for (const [a, b, latent] of pairs)
      await insertAccepted(tx, pattern, accountId, { a, b, latent });
  }
}
