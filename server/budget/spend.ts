import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { BudgetKind } from "@/db/enums";
import { budgetEntries, budgets } from "@/db/schema";

export type Spending = { projectId: string; kind: BudgetKind; subject: string };

/**
 * Sets `amount` aside before it is spent; false when that would pass the limit, and then nothing has
 * changed. The row lock on the budget makes spenders take turns. Reserving for a subject again is one reservation.
 */
export async function reserve(
  tx: Tx,
  { projectId, kind, subject }: Spending,
  amount: number,
): Promise<boolean> {
  const ofKind = and(eq(budgets.projectId, projectId), eq(budgets.kind, kind));
  const [budget] = await tx.select().from(budgets).where(ofKind).for("update");
  if (!budget) throw new Error(`The project has no ${kind} budget`);
  const [known] = await tx
    .select({ id: budgetEntries.id })
    .from(budgetEntries)
    .where(and(eq(budgetEntries.kind, kind), eq(budgetEntries.subject, subject)));
  if (known) return true;
  if (budget.limit !== null && budget.reserved + budget.settled + amount > budget.limit)
    return false;
  await tx.insert(budgetEntries).values({ projectId, kind, subject, reserved: amount });
  await tx
    .update(budgets)
    .set({ reserved: sql`${budgets.reserved} + ${amount}` })
    .where(ofKind);
  return true;
}

/** The cost is known: the reservation becomes it. Zero when it never happened. Settling twice changes nothing. */
export async function settle(
  tx: Tx,
  { projectId, kind, subject }: Spending,
  amount: number,
): Promise<void> {
  // The budget first, as `reserve` does: two spenders never wait for each other in a circle.
  const ofKind = and(eq(budgets.projectId, projectId), eq(budgets.kind, kind));
  await tx.select({ kind: budgets.kind }).from(budgets).where(ofKind).for("update");
  const [entry] = await tx
    .update(budgetEntries)
    .set({ settled: amount, settledAt: sql`now()` })
    .where(
      and(
        eq(budgetEntries.projectId, projectId),
        eq(budgetEntries.kind, kind),
        eq(budgetEntries.subject, subject),
        isNull(budgetEntries.settled),
      ),
    )
    .returning({ reserved: budgetEntries.reserved });
  if (!entry) return;
  await tx
    .update(budgets)
    .set({
      reserved: sql`${budgets.reserved} - ${entry.reserved}`,
      settled: sql`${budgets.settled} + ${amount}`,
    })
    .where(ofKind);
}
