import { and, count, desc, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { PatternState } from "@/db/enums";
import { patterns } from "@/db/schema";

export type PatternsByPhase = Awaited<ReturnType<typeof readPatterns>>;

/** How many patterns there are by where they came from, and the newest of the merged ones. */
export async function readPatterns(db: DbOrTx, projectId: string) {
  const [rows, merges] = await Promise.all([
    db
      .select({
        phase: patterns.phase,
        state: patterns.state,
        category: patterns.category,
        patterns: count(),
      })
      .from(patterns)
      .where(eq(patterns.projectId, projectId))
      .groupBy(patterns.phase, patterns.state, patterns.category),
    readMerges(db, projectId),
  ]);
  const sum = (isCounted: (row: (typeof rows)[number]) => boolean) =>
    rows.reduce((total, row) => total + (isCounted(row) ? row.patterns : 0), 0);
  const approved = (category: "lcmis" | "traditional") =>
    sum((row) => row.state === "approved" && row.category === category);
  const inState = (phase: number, state: PatternState) =>
    sum((row) => row.phase === phase && row.state === state);
  return {
    lcmis: approved("lcmis"),
    traditional: approved("traditional"),
    toReview: sum((row) => row.state === "proposed"),
    discovered: {
      all: sum((row) => row.phase === 3),
      proposed: inState(3, "proposed"),
      approved: inState(3, "approved") + inState(3, "retired"),
      merged: inState(3, "merged"),
      rejected: inState(3, "rejected"),
    },
    crossed: { proposed: inState(4, "proposed"), ...merges },
  };
}

async function readMerges(db: DbOrTx, projectId: string) {
  const ofMerges = and(eq(patterns.projectId, projectId), eq(patterns.phase, 4));
  const [[counted], [last]] = await Promise.all([
    db
      .select({
        // Patterns that one exchange brought are one merge.
        merges:
          sql<number>`count(distinct coalesce(${patterns.exchangeId}, ${patterns.id}))`.mapWith(
            Number,
          ),
        made: count(),
      })
      .from(patterns)
      .where(ofMerges),
    db
      .select({ name: patterns.name, at: patterns.createdAt })
      .from(patterns)
      .where(ofMerges)
      .orderBy(desc(patterns.createdAt))
      .limit(1),
  ]);
  return { merges: counted?.merges ?? 0, made: counted?.made ?? 0, last: last ?? null };
}
