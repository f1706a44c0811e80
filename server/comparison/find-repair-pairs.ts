import { and, asc, eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { grids, pairLevels, pairs, patterns, promptSetPrompts, prompts } from "@/db/schema";
import { PROMPTS_PER_PAIR, type ReadyPair } from "@/server/generation/ready-pairs";

export type RepairPair = ReadyPair & {
  pattern: string;
  isTrivial: boolean | null;
  isSimulated: boolean;
};

type Scope = { projectId: string; baselineRevisionId: string; pairIds?: readonly string[] };

/**
 * Accepted pairs at Level 5 with the baseline, each with the prompts that its Level was found with: whoever repairs it is
 * asked the same. A Level by people goes before one by the simulated rater.
 */
export async function findRepairPairs(
  db: DbOrTx,
  { projectId, baselineRevisionId, pairIds }: Scope,
): Promise<RepairPair[]> {
  const rows = await db
    .select({
      pairId: pairs.id,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      pattern: patterns.name,
      judge: pairLevels.judge,
      level: pairLevels.level,
      isTrivial: pairLevels.isTrivial,
      promptSetId: grids.promptSetId,
      position: promptSetPrompts.position,
      promptId: prompts.id,
      text: prompts.text,
    })
    .from(pairLevels)
    .innerJoin(pairs, eq(pairs.id, pairLevels.pairId))
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .innerJoin(grids, eq(grids.id, pairLevels.gridId))
    .innerJoin(promptSetPrompts, eq(promptSetPrompts.promptSetId, grids.promptSetId))
    .innerJoin(prompts, eq(prompts.id, promptSetPrompts.promptId))
    .where(
      and(
        eq(pairLevels.projectId, projectId),
        eq(pairLevels.generatorRevisionId, baselineRevisionId),
        inArray(pairLevels.judge, ["human", "simulated"]),
        eq(pairs.state, "accepted"),
        pairIds ? inArray(pairs.id, [...pairIds]) : undefined,
      ),
    )
    .orderBy(asc(pairs.id), asc(pairLevels.judge), asc(promptSetPrompts.position));
  return [...Map.groupBy(rows, (row) => row.pairId).values()].flatMap(standing);
}

type Row = Omit<RepairPair, "prompts" | "isSimulated"> &
  ReadyPair["prompts"][number] & { judge: string; level: number | null };

/** `human` sorts before `simulated`: the first judge's rows are those that stand. */
function standing(rows: readonly Row[]): RepairPair[] {
  const [first] = rows;
  const own = rows.filter(({ judge }) => judge === first?.judge);
  if (first?.level !== 5 || own.length !== PROMPTS_PER_PAIR) return [];
  const { pairId, conceptA, conceptB, promptSetId, pattern, isTrivial, judge } = first;
  return [
    {
      pairId,
      conceptA,
      conceptB,
      promptSetId,
      pattern,
      isTrivial,
      isSimulated: judge === "simulated",
      prompts: own.map(({ position, promptId, text }) => ({ position, promptId, text })),
    },
  ];
}
