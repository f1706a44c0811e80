import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { LOOP_STEPS, type LoopStep } from "@/db/enums";
import { patterns, waiting } from "@/db/schema";

export type Ask = Awaited<ReturnType<typeof readAsks>>[number];

/** Steps before which a pattern asks and that are due now, oldest first: each goes on with a person's yes. */
export async function readAsks(db: DbOrTx, projectId: string) {
  const rows = await db
    .select({
      step: waiting.kind,
      reason: waiting.reason,
      patternId: patterns.id,
      pattern: patterns.name,
      phase: sql<number>`greatest(2, ${patterns.phase})`.mapWith(Number),
    })
    .from(waiting)
    .innerJoin(patterns, eq(patterns.id, waiting.patternId))
    .where(isAsk(projectId))
    .orderBy(asc(waiting.createdAt), asc(waiting.id));
  // The query asked for these kinds alone.
  return rows.map(({ step, ...row }) => ({ ...row, step: step as LoopStep }));
}

export const countAsks = (db: DbOrTx, projectId: string): Promise<number> =>
  db.$count(waiting, isAsk(projectId));

const isAsk = (projectId: string) =>
  and(
    eq(waiting.projectId, projectId),
    inArray(waiting.kind, [...LOOP_STEPS]),
    isNull(waiting.endedAt),
  );
