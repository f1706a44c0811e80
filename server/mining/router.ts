import { researcherProcedure, router } from "@/server/trpc/init";
import { createPattern } from "./create-pattern";
import { CreatePattern, RetirePattern, UpdatePattern } from "./domain/pattern-input";
import { listPatterns } from "./list-patterns";
import { pairDetail } from "./pair-detail";
import { retirePattern } from "./retire-pattern";
import { PairId } from "./schemas";
import { updatePattern } from "./update-pattern";

export const miningRouter = router({
  listPatterns: researcherProcedure.query(({ ctx }) => listPatterns(ctx)),
  createPattern: researcherProcedure
    .input(CreatePattern)
    .mutation(({ ctx, input }) => createPattern(ctx, input)),
  updatePattern: researcherProcedure
    .input(UpdatePattern)
    .mutation(({ ctx, input }) => updatePattern(ctx, input)),
  retirePattern: researcherProcedure
    .input(RetirePattern)
    .mutation(({ ctx, input }) => retirePattern(ctx, input)),
  pairDetail: researcherProcedure
    .input(PairId)
    .query(({ ctx, input }) => pairDetail(ctx, input.pairId)),
});
