import { and, asc, desc, eq, gt, ne, sum } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { levelCounts, patterns, phases } from "@/db/schema";
import { isMergeNext } from "./domain/is-merge-next";
import { offerPhase } from "./offer-phase";

/**
 * Phase 4 pays once there are two ways of failing to cross: with phase 3 opened by a person, and two approved patterns
 * that each have a Level 5 by people, trivial ones apart, on one generator revision. Asked again, it offers nothing new.
 */
export async function offerMerge(tx: Tx, projectId: string): Promise<void> {
  if (!(await isNext(tx, projectId))) return;
  const [first, second] = await findProven(tx, projectId);
  if (!first || !second) return;
  await offerPhase(tx, {
    projectId,
    number: 4,
    reason: `“${first.name}” and “${second.name}” have ${first.level5} and ${second.level5} at Level 5 and can be crossed.`,
    evidence: { patternIds: [first.id, second.id], revisionId: first.revisionId },
  });
}

async function isNext(tx: Tx, projectId: string): Promise<boolean> {
  const rows = await tx
    .select({ number: phases.number, state: phases.state })
    .from(phases)
    .where(eq(phases.projectId, projectId));
  return isMergeNext(Object.fromEntries(rows.map(({ number, state }) => [number, state])));
}

/** The patterns with most Level 5, of the revision that has two such patterns. */
async function findProven(tx: Tx, projectId: string) {
  const level5 = sum(levelCounts.pairs).mapWith(Number);
  const rows = await tx
    .select({
      id: patterns.id,
      name: patterns.name,
      revisionId: levelCounts.generatorRevisionId,
      level5,
    })
    .from(levelCounts)
    .innerJoin(patterns, eq(patterns.id, levelCounts.patternId))
    .where(
      and(
        eq(levelCounts.projectId, projectId),
        eq(levelCounts.judge, "human"),
        eq(levelCounts.level, 5),
        ne(levelCounts.trivial, "yes"),
        eq(patterns.state, "approved"),
      ),
    )
    .groupBy(patterns.id, patterns.name, levelCounts.generatorRevisionId)
    .having(gt(level5, 0))
    .orderBy(desc(level5), asc(patterns.id));
  const byRevision = Map.groupBy(rows, ({ revisionId }) => revisionId);
  return [...byRevision.values()].find(({ length }) => length > 1) ?? [];
}
