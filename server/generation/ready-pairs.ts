import { and, asc, eq, inArray, isNull, notInArray, or, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { pairs, promptSetPrompts, promptSets, prompts } from "@/db/schema";

export const PROMPTS_PER_PAIR = 5;

export type ReadyPair = {
  pairId: string;
  conceptA: string;
  conceptB: string;
  promptSetId: string;
  prompts: { position: number; promptId: string; text: string }[];
};

/**
 * Accepted pairs whose newest prompt set is whole, oldest pair first. Those that a person has still to look at are
 * left out unless they are named.
 */
export async function readyPairs(
  db: DbOrTx,
  projectId: string,
  pairIds?: readonly string[],
): Promise<ReadyPair[]> {
  const newestSet = db
    .selectDistinctOn([promptSets.pairId], { id: promptSets.id, pairId: promptSets.pairId })
    .from(promptSets)
    .where(eq(promptSets.projectId, projectId))
    .orderBy(promptSets.pairId, sql`${promptSets.number} desc`)
    .as("newest_set");
  const rows = await db
    .select({
      pairId: pairs.id,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      promptSetId: newestSet.id,
      position: promptSetPrompts.position,
      promptId: prompts.id,
      text: prompts.text,
    })
    .from(pairs)
    .innerJoin(newestSet, eq(newestSet.pairId, pairs.id))
    .innerJoin(promptSetPrompts, eq(promptSetPrompts.promptSetId, newestSet.id))
    .innerJoin(prompts, eq(prompts.id, promptSetPrompts.promptId))
    .where(
      and(
        eq(pairs.projectId, projectId),
        eq(pairs.state, "accepted"),
        pairIds ? inArray(pairs.id, [...pairIds]) : isNotBeforeLook,
      ),
    )
    .orderBy(asc(pairs.id), asc(promptSetPrompts.position));
  return gather(rows).filter((pair) => pair.prompts.length === PROMPTS_PER_PAIR);
}

const isNotBeforeLook = or(
  isNull(pairs.stage),
  notInArray(pairs.stage, ["precheck", "quick_look"]),
);

type Row = Omit<ReadyPair, "prompts"> & ReadyPair["prompts"][number];

function gather(rows: readonly Row[]): ReadyPair[] {
  const byPair = new Map<string, ReadyPair>();
  for (const { position, promptId, text, ...pair } of rows) {
    const entry = byPair.get(pair.pairId) ?? { ...pair, prompts: [] };
    entry.prompts.push({ position, promptId, text });
    byPair.set(pair.pairId, entry);
  }
  return [...byPair.values()];
}
