import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { budgetEntries, budgets } from "@/db/schema";
import type { Spending } from "./spend";

// What is paid for may go on after it was settled: a grid is taken up again, a submission taken back.
// Its one entry then opens again and in the end holds all that it cost.

/**
 * Sets `amount` aside on top of what the subject has cost so far; false when that would pass the limit,
 * and then nothing has changed. A subject that holds a reservation keeps it as it is.
 */
export async function reserveAgain(tx: Tx, spending: Spending, amount: number): Promise<boolean> {
  const { budget, entry } = await lockEntry(tx, spending);
  if (entry && entry.settled === null) return true;
  if (budget.limit !== null && budget.reserved + budget.settled + amount > budget.limit)
    return false;
  const spent = entry?.settled ?? 0;
  const reserved = spent + amount;
  await tx
    .insert(budgetEntries)
    .values({ ...spending, reserved })
    .onConflictDoUpdate({
      target: [budgetEntries.kind, budgetEntries.subject],
      set: { reserved, settled: null, settledAt: null },
    });
  await change(tx, spending, { reserved, settled: -spent });
  return true;
}

/** The subject has cost `settled` so far, reserved or not. Saying the same total again changes nothing. */
export async function settleTotal(tx: Tx, spending: Spending, settled: number): Promise<void> {
  const { entry } = await lockEntry(tx, spending);
  const before = entry?.settled ?? 0;
  // Nothing reserved and nothing spent leaves no trace.
  if (settled === (entry ? entry.settled : 0)) return;
  const settledAt = sql`now()`;
  await tx
    .insert(budgetEntries)
    .values({ ...spending, reserved: 0, settled, settledAt })
    .onConflictDoUpdate({
      target: [budgetEntries.kind, budgetEntries.subject],
      set: { settled, settledAt },
    });
  const released = entry && entry.settled === null ? entry.reserved : 0;
  await change(tx, spending, { reserved: -released, settled: settled - before });
}

async function lockEntry(tx: Tx, spending: Spending) {
  const { kind, subject } = spending;
  const [budget] = await tx.select().from(budgets).where(ofKind(spending)).for("update");
  if (!budget) throw new Error(`The project has no ${kind} budget`);
  const [entry] = await tx
    .select({ reserved: budgetEntries.reserved, settled: budgetEntries.settled })
    .from(budgetEntries)
    .where(and(eq(budgetEntries.kind, kind), eq(budgetEntries.subject, subject)));
  return { budget, entry };
}

const change = (tx: Tx, spending: Spending, by: { reserved: number; settled: number }) =>
  tx
    .update(budgets)
    .set({
      reserved: sql`${budgets.reserved} + ${by.reserved}`,
      settled: sql`${budgets.settled} + ${by.settled}`,
    })
    .where(ofKind(spending));

const ofKind = ({ projectId, kind }: Spending) =>
  and(eq(budgets.projectId, projectId), eq(budgets.kind, kind));
