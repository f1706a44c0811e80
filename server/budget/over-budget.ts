import type { BudgetKind } from "@/db/enums";
import { AppError } from "@/server/core/errors";

/** Nothing was begun: it would have passed what the project may spend. Raising the budget lets it go on. */
export class OverBudget extends AppError {
  constructor(
    readonly kind: BudgetKind,
    message: string,
  ) {
    super("CONFLICT", message);
  }
}
