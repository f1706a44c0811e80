import type { DbOrTx } from "@/db/client";
import { readBudgets } from "./read-budgets";

/** How many renders the budget still covers; null: as many as anyone wants. */
export async function rendersLeft(db: DbOrTx, projectId: string): Promise<number | null> {
  const found = (await readBudgets(db, projectId)).find(({ kind }) => kind === "renders");
  if (!found || found.limit === null) return null;
  return Math.max(0, found.limit - found.reserved - found.settled);
}
