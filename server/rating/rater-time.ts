import { and, desc, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "@/db/client";
import type { RatingMode } from "@/db/enums";
import { budgetEntries, budgets, seats, sittings } from "@/db/schema";
import { reserveAgain, settleTotal } from "@/server/budget/spend-again";
import { typicalMs } from "./domain/typical-ms";

export const RATER_TIME_USED_UP =
  "The project's rater time is used up. It goes on when a researcher raises the budget; what you have rated is kept.";

const LAST = 50;

type Timed = { id: string; projectId: string; raterId: string; mode: RatingMode };

const timeOf = ({ id, projectId }: { id: string; projectId: string }) =>
  ({ projectId, kind: "rater_ms", subject: id }) as const;

/**
 * Sets aside what one more grid of this mode usually takes this rater; false when the project has not
 * that much left. Locks the budget: let it be the last lock of the transaction.
 */
export async function reserveRaterTime(tx: Tx, sitting: Timed): Promise<boolean> {
  const amount = await usualMs(tx, sitting);
  if (await reserveAgain(tx, timeOf(sitting), amount)) return true;
  await settleAbandoned(tx, sitting.projectId);
  return reserveAgain(tx, timeOf(sitting), amount);
}

/** What the sitting took so far, in all; it need not be over. Locks the budget, as above. */
export const settleRaterTime = (
  tx: Tx,
  sitting: Pick<Timed, "id" | "projectId">,
  activeMs: number | null,
): Promise<void> => settleTotal(tx, timeOf(sitting), activeMs ?? 0);

/** Whether another grid would pass the limit, for a screen; the claim decides. */
export async function isRaterTimeUsedUp(
  db: DbOrTx,
  who: Pick<Timed, "projectId" | "raterId" | "mode">,
): Promise<boolean> {
  const [budget] = await db
    .select()
    .from(budgets)
    .where(and(eq(budgets.projectId, who.projectId), eq(budgets.kind, "rater_ms")));
  if (!budget || budget.limit === null) return false;
  return budget.reserved + budget.settled + (await usualMs(db, who)) > budget.limit;
}

async function usualMs(
  db: DbOrTx,
  { raterId, mode }: Pick<Timed, "raterId" | "mode">,
): Promise<number> {
  const rows = await db
    .select({ activeMs: sittings.activeMs })
    .from(sittings)
    .where(
      and(
        eq(sittings.raterId, raterId),
        eq(sittings.state, "submitted"),
        eq(sittings.mode, mode),
        isNotNull(sittings.activeMs),
      ),
    )
    .orderBy(desc(sittings.submittedAt))
    .limit(LAST);
  return typicalMs(
    rows.flatMap((row) => row.activeMs ?? []),
    mode,
  );
}

/** Who left a grid lying keeps no time from others; whoever comes back to it reserves anew. */
async function settleAbandoned(tx: Tx, projectId: string): Promise<void> {
  const abandoned = await tx
    .select({ id: sittings.id, projectId: sittings.projectId, activeMs: sittings.activeMs })
    .from(budgetEntries)
    .innerJoin(sittings, eq(sittings.id, sql`${budgetEntries.subject}::uuid`))
    .innerJoin(seats, eq(seats.sittingId, sittings.id))
    .where(
      and(
        eq(budgetEntries.projectId, projectId),
        eq(budgetEntries.kind, "rater_ms"),
        isNull(budgetEntries.settled),
        eq(sittings.state, "live"),
        lt(seats.leasedUntil, sql`now()`),
      ),
    );
  for (const sitting of abandoned) await settleRaterTime(tx, sitting, sitting.activeMs);
}
