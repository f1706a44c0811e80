import { asc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { promptSetPrompts, prompts } from "@/db/schema";

/** The texts of a prompt set, in the order of the grid's columns. */
export async function readPrompts(db: DbOrTx, promptSetId: string): Promise<string[]> {
  const rows = await db
    .select({ text: prompts.text })
    .from(promptSetPrompts)
    .innerJoin(prompts, eq(prompts.id, promptSetPrompts.promptId))
    .where(eq(promptSetPrompts.promptSetId, promptSetId))
    .orderBy(asc(promptSetPrompts.position));
  return rows.map((row) => row.text);
}
