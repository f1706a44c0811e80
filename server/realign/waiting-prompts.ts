import { and, asc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { prompts, renders } from "@/db/schema";

/** The prompts of a pair whose second images wait for phrases or tags, perhaps of an earlier set. */
export async function waitingPrompts(db: DbOrTx, pairId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: prompts.id, text: prompts.text })
    .from(renders)
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .where(
      and(eq(prompts.pairId, pairId), eq(renders.awaitsObjects, true), eq(renders.state, "queued")),
    )
    .orderBy(asc(prompts.id));
  return rows.map(({ text }) => text);
}
