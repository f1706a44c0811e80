import { asc, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { grids, pairLevels, type pairs, promptSetPrompts, promptSets, prompts } from "@/db/schema";

/** The pair's newest prompt set, and those that a Level of it was found with: a comparison draws these, be they the newest or not. */
export const standingSets = (pairId: string | typeof pairs.id): SQL => sql`(
  (select ${promptSets.id} from ${promptSets} where ${promptSets.pairId} = ${pairId}
    order by ${promptSets.number} desc limit 1)
  union
  select ${grids.promptSetId} from ${pairLevels} join ${grids} on ${grids.id} = ${pairLevels.gridId}
  where ${pairLevels.pairId} = ${pairId})`;

/** Their texts, the newest set's first, each once; none where no prompts are written yet. */
export async function standingPrompts(db: DbOrTx, pairId: string): Promise<string[]> {
  const found = await db
    .select({ text: prompts.text })
    .from(promptSets)
    .innerJoin(promptSetPrompts, eq(promptSetPrompts.promptSetId, promptSets.id))
    .innerJoin(prompts, eq(prompts.id, promptSetPrompts.promptId))
    .where(inArray(promptSets.id, standingSets(pairId)))
    .orderBy(desc(promptSets.number), asc(promptSetPrompts.position));
  return [...new Set(found.map(({ text }) => text))];
}
