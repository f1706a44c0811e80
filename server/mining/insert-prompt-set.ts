import { and, eq, max } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { TextAuthor } from "@/db/enums";
import { pairs, promptSetPrompts, promptSets, prompts } from "@/db/schema";

export type NewPromptSet = {
  projectId: string;
  pairId: string;
  texts: readonly string[];
  author: TextAuthor;
  exchangeId?: string;
  createdBy?: string;
};

/** Adds a pair's next prompt set. Prompts never change: an edit is a new set. Lock the pair first; its prompts count as written. */
export async function insertPromptSet(tx: Tx, set: NewPromptSet): Promise<string> {
  const { projectId, pairId, texts, author, exchangeId, createdBy } = set;
  const [newest] = await tx
    .select({ number: max(promptSets.number) })
    .from(promptSets)
    .where(eq(promptSets.pairId, pairId));
  const written = await tx
    .insert(prompts)
    .values(
      texts.map((text) => ({
        projectId,
        kind: "scene" as const,
        pairId,
        text,
        author,
        exchangeId,
        createdBy,
      })),
    )
    .returning({ id: prompts.id });
  const [stored] = await tx
    .insert(promptSets)
    .values({ projectId, pairId, number: (newest?.number ?? 0) + 1 })
    .returning({ id: promptSets.id });
  if (!stored) throw new Error("The prompt set was not stored");
  await tx.insert(promptSetPrompts).values(
    written.map(({ id }, index) => ({
      promptSetId: stored.id,
      position: index + 1,
      promptId: id,
    })),
  );
  await tx
    .update(pairs)
    .set({ promptsState: "done", promptsReason: null, promptsHeldBy: null })
    .where(and(eq(pairs.id, pairId), eq(pairs.projectId, projectId)));
  return stored.id;
}
