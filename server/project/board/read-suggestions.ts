import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { allocations, decisions, patterns } from "@/db/schema";
import { Suggestions } from "@/server/mining/domain/allocation/suggestion";

export type BoardSuggestions = NonNullable<Awaited<ReturnType<typeof readSuggestions>>>;

// More were never suggested at once.
const MOST_TAKEN = 20;

/** What was suggested last and nobody has taken yet; null before the first suggestion. */
export async function readSuggestions(db: DbOrTx, projectId: string) {
  const [latest] = await db
    .select()
    .from(allocations)
    .where(eq(allocations.projectId, projectId))
    .orderBy(desc(allocations.id))
    .limit(1);
  if (!latest) return null;
  const suggested = Suggestions.parse(latest.suggestions);
  const [named, taken] = await Promise.all([
    namesOf(
      db,
      projectId,
      suggested.map(({ patternId }) => patternId),
    ),
    takenOf(db, projectId, latest.id),
  ]);
  return {
    allocationId: latest.id,
    at: latest.createdAt,
    items: suggested.flatMap(({ patternId, strategy, pairs, reason }) => {
      const pattern = named.get(patternId);
      if (!pattern || taken.has(`${patternId} ${strategy}`)) return [];
      return [{ patternId, pattern, strategy, pairs, reason }];
    }),
  };
}

/** Only of patterns that are still in use. */
async function namesOf(db: DbOrTx, projectId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, string>();
  const rows = await db
    .select({ id: patterns.id, name: patterns.name })
    .from(patterns)
    .where(
      and(
        eq(patterns.projectId, projectId),
        eq(patterns.state, "approved"),
        inArray(patterns.id, [...ids]),
      ),
    );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function takenOf(db: DbOrTx, projectId: string, allocationId: string): Promise<Set<string>> {
  const rows = await db
    .select({
      arm: sql<string>`${decisions.payload}->>'patternId' || ' ' || (${decisions.payload}->>'strategy')`,
      subjectId: decisions.subjectId,
    })
    .from(decisions)
    .where(and(eq(decisions.projectId, projectId), eq(decisions.action, "allocation.take")))
    .orderBy(desc(decisions.seq))
    .limit(MOST_TAKEN);
  return new Set(rows.filter((row) => row.subjectId === allocationId).map(({ arm }) => arm));
}
