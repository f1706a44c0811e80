import { asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { promptSetPrompts, promptSets, prompts } from "@/db/schema";

export type PromptInSet = {
  pairId: string;
  set: number;
  position: number;
  promptId: string;
  text: string;
  author: "llm" | "human";
  exchangeId: string | null;
};

/** By pair, set and place. */
export async function readPromptSets(
  tx: Tx,
  pairIds: readonly string[],
): Promise<Map<string, PromptInSet[]>> {
  const rows = await tx
    .select({
      pairId: promptSets.pairId,
      set: promptSets.number,
      position: promptSetPrompts.position,
      promptId: prompts.id,
      text: prompts.text,
      author: prompts.author,
      exchangeId: prompts.exchangeId,
    })
    .from(promptSets)
    .innerJoin(promptSetPrompts, eq(promptSetPrompts.promptSetId, promptSets.id))
    .innerJoin(prompts, eq(prompts.id, promptSetPrompts.promptId))
    .where(inArray(promptSets.pairId, [...pairIds]))
    .orderBy(asc(promptSets.pairId), asc(promptSets.number), asc(promptSetPrompts.position));
  return Map.groupBy(rows, (row) => row.pairId);
}
