import { researcherProcedure, router } from "@/server/trpc/init";
import { listEntries } from "./list-entries";
import { readBudgets } from "./read-budgets";
import { ListEntries, SetBudget } from "./schemas";
import { setBudget } from "./set-budget";

export const budgetRouter = router({
  list: researcherProcedure.query(({ ctx }) => readBudgets(ctx.db, ctx.member.projectId)),
  entries: researcherProcedure
    .input(ListEntries)
    .query(({ ctx, input }) => listEntries(ctx, input)),
  set: researcherProcedure.input(SetBudget).mutation(({ ctx, input }) => setBudget(ctx, input)),
});
