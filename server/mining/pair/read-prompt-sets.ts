import { and, asc, desc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { promptSetPrompts, promptSets, prompts } from "@/db/schema";
import type { PairScope } from "./read-origin";

export type PairPrompt = {
  id: string;
  position: number;
  text: string;
  author: "llm" | "human";
  exchangeId: string | null;
};
export type PairPromptSet = { id: string; number: number; prompts: PairPrompt[] };

/** The newest first; each with its prompts in order. */
export async function readPromptSets(
  db: DbOrTx,
  { projectId, pairId }: PairScope,
): Promise<PairPromptSet[]> {
  const rows = await db
    .select({
      set: { id: promptSets.id, number: promptSets.number },
      prompt: {
        id: prompts.id,
        position: promptSetPrompts.position,
        text: prompts.text,
        author: prompts.author,
        exchangeId: prompts.exchangeId,
      },
    })
    .from(promptSets)
    .innerJoin(promptSetPrompts, eq(promptSetPrompts.promptSetId, promptSets.id))
    .innerJoin(prompts, eq(prompts.id, promptSetPrompts.promptId))
    .where(and(eq(promptSets.pairId, pairId), eq(promptSets.projectId, projectId)))
    .orderBy(desc(promptSets.number), asc(promptSetPrompts.position));
  return [...Map.groupBy(rows, (row) => row.set.id).values()].flatMap((members) => {
    const [first] = members;
    return first ? [{ ...first.set, prompts: members.map((member) => member.prompt) }] : [];
  });
}
