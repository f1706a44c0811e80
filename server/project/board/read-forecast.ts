import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, levelCounts, pairCounts, patterns, sittings } from "@/db/schema";
import { type Forecast, type ForecastPattern, forecast } from "../domain/forecast";

// Recent ones: people get faster, and the price of asking stays the same.
const TIMED_GRIDS = 50;
const MINUTE_MS = 60_000;

/** What the next hours of rating should bring; null while too little is known. */
export async function readForecast(
  db: DbOrTx,
  projectId: string,
  revisionId: string,
): Promise<Forecast | null> {
  const [found, times] = await Promise.all([
    readPatterns(db, projectId, revisionId),
    readTimes(db, projectId),
  ]);
  return forecast(found, times);
}

async function readPatterns(
  db: DbOrTx,
  projectId: string,
  revisionId: string,
): Promise<ForecastPattern[]> {
  const [waiting, levels] = await Promise.all([
    db
      .select({
        patternId: patterns.id,
        waits:
          sql<number>`coalesce(sum(${pairCounts.pairs}) filter (where ${pairCounts.state} = 'accepted' and ${pairCounts.stage} not in ('', 'rated')), 0)`.mapWith(
            Number,
          ),
      })
      .from(patterns)
      .leftJoin(pairCounts, eq(pairCounts.patternId, patterns.id))
      .where(and(eq(patterns.projectId, projectId), eq(patterns.state, "approved")))
      .groupBy(patterns.id),
    db
      .select({
        patternId: levelCounts.patternId,
        rated: sql<number>`sum(${levelCounts.pairs})`.mapWith(Number),
        found:
          sql<number>`coalesce(sum(${levelCounts.pairs}) filter (where ${levelCounts.level} = 5 and ${levelCounts.trivial} <> 'yes'), 0)`.mapWith(
            Number,
          ),
      })
      .from(levelCounts)
      .where(
        and(
          eq(levelCounts.projectId, projectId),
          eq(levelCounts.generatorRevisionId, revisionId),
          eq(levelCounts.judge, "human"),
        ),
      )
      .groupBy(levelCounts.patternId),
  ]);
  return waiting.map(({ patternId, waits }) => {
    const level = levels.find((row) => row.patternId === patternId);
    return { waits, rated: level?.rated ?? 0, found: level?.found ?? 0 };
  });
}

/** How long people took over their last grids; the simulated rater's time is no one's. */
async function readTimes(db: DbOrTx, projectId: string) {
  const last = db
    .select({ activeMs: sittings.activeMs })
    .from(sittings)
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .where(
      and(
        eq(sittings.projectId, projectId),
        sql`${sittings.state} = 'submitted'`,
        eq(accounts.isSimulated, false),
        isNotNull(sittings.activeMs),
      ),
    )
    .orderBy(desc(sittings.submittedAt))
    .limit(TIMED_GRIDS)
    .as("last");
  const [row] = await db
    .select({
      grids: sql<number>`count(*)`.mapWith(Number),
      ms: sql<number>`coalesce(sum(${last.activeMs}), 0)`.mapWith(Number),
    })
    .from(last);
  return { grids: row?.grids ?? 0, minutes: (row?.ms ?? 0) / MINUTE_MS };
}
