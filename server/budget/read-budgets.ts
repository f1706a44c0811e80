import { eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { BUDGET_KINDS } from "@/db/enums";
import { budgets } from "@/db/schema";
import type { Budget } from "./domain/meter";

/** What the project may use and has used of each kind, always in the same order. */
export async function readBudgets(db: DbOrTx, projectId: string): Promise<Budget[]> {
  const rows = await db
    .select({
      kind: budgets.kind,
      limit: budgets.limit,
      reserved: budgets.reserved,
      settled: budgets.settled,
    })
    .from(budgets)
    .where(eq(budgets.projectId, projectId));
  return BUDGET_KINDS.map(
    (kind) =>
      rows.find((row) => row.kind === kind) ?? { kind, limit: null, reserved: 0, settled: 0 },
  );
}
