import { asc, desc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { promptSetPrompts, promptSets, prompts } from "@/db/schema";

/** The texts of a pair's newest prompts, in their order; none where they are not written yet. */
export async function newestPrompts(db: DbOrTx, pairId: string): Promise<string[]> {
  const [newest] = await db
    .select({ id: promptSets.id })
    .from(promptSets)
    .where(eq(promptSets.pairId, pairId))
    .orderBy(desc(promptSets.number))
    .limit(1);
  if (!newest) return [];
  const found = await db
    .select({ text: prompts.text })
    .from(promptSetPrompts)
    .innerJoin(prompts, eq(prompts.id, promptSetPrompts.promptId))
    .where(eq(promptSetPrompts.promptSetId, newest.id))
    .orderBy(asc(promptSetPrompts.position));
  return found.map(({ text }) => text);
}
