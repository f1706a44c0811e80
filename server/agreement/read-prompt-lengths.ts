import { and, eq, exists, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { grids, promptSetPrompts, promptSets, prompts } from "@/db/schema";

/** Characters of each prompt, column by column, of every set that was drawn by the revision. */
export async function readPromptLengths(
  db: DbOrTx,
  { projectId, revisionId }: { projectId: string; revisionId: string },
): Promise<Map<string, number[]>> {
  const rows = await db
    .select({
      promptSetId: promptSets.id,
      lengths: sql<
        number[]
      >`array_agg(char_length(${prompts.text}) order by ${promptSetPrompts.position})`,
    })
    .from(promptSets)
    .innerJoin(promptSetPrompts, eq(promptSetPrompts.promptSetId, promptSets.id))
    .innerJoin(prompts, eq(prompts.id, promptSetPrompts.promptId))
    .where(
      and(
        eq(promptSets.projectId, projectId),
        exists(
          db
            .select({ id: grids.id })
            .from(grids)
            .where(
              and(eq(grids.promptSetId, promptSets.id), eq(grids.generatorRevisionId, revisionId)),
            ),
        ),
      ),
    )
    .groupBy(promptSets.id);
  return new Map(rows.map(({ promptSetId, lengths }) => [promptSetId, lengths]));
}
