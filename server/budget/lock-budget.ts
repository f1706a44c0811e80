import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { BudgetKind } from "@/db/enums";
import { budgets } from "@/db/schema";

export type BudgetOf = { projectId: string; kind: BudgetKind };

/** Spenders take turns here. What else they lock besides, they lock after it. */
export async function lockBudget(tx: Tx, { projectId, kind }: BudgetOf) {
  const [budget] = await tx
    .select()
    .from(budgets)
    .where(and(eq(budgets.projectId, projectId), eq(budgets.kind, kind)))
    .for("update");
  if (!budget) throw new Error(`The project has no ${kind} budget`);
  return budget;
}
