import { and, eq, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "@/db/client";
import type { RatingMode } from "@/db/enums";
import { budgets } from "@/db/schema";

export const RATER_TIME_USED_UP =
  "The project's rater time is used up. It goes on when a researcher raises the budget; what you have rated is kept.";

/**
 * Sets aside what one more grid of its mode usually takes its rater; false when the project has not
 * that much left. Locks the budget: let it be the last lock of the transaction. A claim does the same (drizzle/0013).
 */
export async function reserveRaterTime(tx: Tx, { id }: { id: string }): Promise<boolean> {
  const [row] = await tx.execute<{ is_reserved: boolean }>(
    sql`select teacup_reserve_rater_time(${id}::uuid) as is_reserved`,
  );
  return row?.is_reserved ?? false;
}

/** What the sitting took so far, in all; it need not be over. Locks the budget, as above. */
export async function settleRaterTime(
  tx: Tx,
  { id }: { id: string },
  activeMs: number | null,
): Promise<void> {
  await tx.execute(sql`select teacup_settle_rater_time(${id}::uuid, ${activeMs ?? 0})`);
}

/** Whether another grid would pass the limit, for a screen; the claim decides. */
export async function isRaterTimeUsedUp(
  db: DbOrTx,
  { projectId, raterId, mode }: { projectId: string; raterId: string; mode: RatingMode },
): Promise<boolean> {
  const usual = sql`teacup_usual_ms(${projectId}::uuid, ${raterId}::uuid, ${mode}::rating_mode)`;
  const [budget] = await db
    .select({
      isUsedUp: sql<boolean>`coalesce(${budgets.reserved} + ${budgets.settled} + ${usual} > ${budgets.limit}, false)`,
    })
    .from(budgets)
    .where(and(eq(budgets.projectId, projectId), eq(budgets.kind, "rater_ms")));
  return budget?.isUsedUp ?? false;
}
