import { and, countDistinct, eq, inArray, notExists } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DbOrTx } from "@/db/client";
import { pairs, quickLooks } from "@/db/schema";

/**
 * Pairs whose first look was not drawn, by a failure or because its run was cancelled, and is not being drawn by another
 * revision either: a person has it drawn again. Read over the index of looks by state, where such looks are few.
 */
export async function countFailedLooks(db: DbOrTx, projectId: string): Promise<number> {
  const other = alias(quickLooks, "other");
  const isUnderWay = db
    .select({ id: other.id })
    .from(other)
    .where(and(eq(other.pairId, quickLooks.pairId), inArray(other.state, ["drawing", "ready"])));
  const [row] = await db
    .select({ pairs: countDistinct(quickLooks.pairId) })
    .from(quickLooks)
    .innerJoin(pairs, eq(pairs.id, quickLooks.pairId))
    .where(
      and(
        eq(quickLooks.projectId, projectId),
        inArray(quickLooks.state, ["failed", "cancelled"]),
        eq(pairs.state, "accepted"),
        eq(pairs.stage, "precheck"),
        notExists(isUnderWay),
      ),
    );
  return row?.pairs ?? 0;
}
