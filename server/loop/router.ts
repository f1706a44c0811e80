import { researcherProcedure, router } from "@/server/trpc/init";
import { openPhase, pausePhase, resumePhase } from "./phases";
import { proceed } from "./proceed";
import { HoldPhase, OpenPhase, Proceed } from "./schemas";

export const loopRouter = router({
  openPhase: researcherProcedure
    .input(OpenPhase)
    .mutation(({ ctx, input }) => openPhase(ctx, input)),
  pausePhase: researcherProcedure
    .input(HoldPhase)
    .mutation(({ ctx, input }) => pausePhase(ctx, input)),
  resumePhase: researcherProcedure
    .input(HoldPhase)
    .mutation(({ ctx, input }) => resumePhase(ctx, input)),
  proceed: researcherProcedure.input(Proceed).mutation(({ ctx, input }) => proceed(ctx, input)),
});
