import { researcherProcedure, router } from "@/server/trpc/init";
import { cancelScoring } from "./cancel-scoring";
import { ScoringNumber, ShowScoring, StartScoring } from "./schemas";
import { showScoring } from "./show-scoring";
import { startScoring } from "./start-scoring";

export const scoringRouter = router({
  show: researcherProcedure
    .input(ShowScoring)
    .query(({ ctx, input }) => showScoring(ctx.db, ctx.member.projectId, input)),
  start: researcherProcedure
    .input(StartScoring)
    .mutation(({ ctx, input }) => startScoring(ctx, input)),
  cancel: researcherProcedure
    .input(ScoringNumber)
    .mutation(({ ctx, input }) => cancelScoring(ctx, input)),
});
