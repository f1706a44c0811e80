import type { Tx } from "@/db/client";
import { BUDGET_KINDS } from "@/db/enums";
import { budgets } from "@/db/schema";

/** A new project may spend without limit until somebody sets one. */
export async function addBudgets(tx: Tx, projectId: string): Promise<void> {
  await tx
    .insert(budgets)
    .values(BUDGET_KINDS.map((kind) => ({ projectId, kind })))
    .onConflictDoNothing();
}
