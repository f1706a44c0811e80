import { and, asc, eq, isNull } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { patterns, waiting } from "@/db/schema";

export type BoardWait = Awaited<ReturnType<typeof readWaits>>[number];

/** What the loop waits for a person to do, oldest first; as many rows as patterns that stand still. */
export function readWaits(db: DbOrTx, projectId: string) {
  return db
    .select({
      kind: waiting.kind,
      reason: waiting.reason,
      patternId: waiting.patternId,
      pattern: patterns.name,
      since: waiting.createdAt,
    })
    .from(waiting)
    .leftJoin(patterns, eq(patterns.id, waiting.patternId))
    .where(and(eq(waiting.projectId, projectId), isNull(waiting.endedAt)))
    .orderBy(asc(waiting.createdAt));
}
