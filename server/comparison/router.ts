import { researcherProcedure, router } from "@/server/trpc/init";
import { lastRated } from "./last-rated";
import { repairChoices } from "./repair-choices";
import { ComparedPair, RepairChoices, ShowComparison, ShowFlips, StartRepair } from "./schemas";
import { showComparedPair } from "./show-compared-pair";
import { showComparison } from "./show-comparison";
import { showFlips } from "./show-flips";
import { startRepair } from "./start-repair";

export const comparisonRouter = router({
  choices: researcherProcedure
    .input(RepairChoices)
    .query(({ ctx, input }) => repairChoices(ctx.db, ctx.member.projectId, input)),
  start: researcherProcedure
    .input(StartRepair)
    .mutation(({ ctx, input }) => startRepair(ctx, input)),
  show: researcherProcedure
    .input(ShowComparison)
    .query(({ ctx, input }) => showComparison(ctx, input)),
  pair: researcherProcedure
    .input(ComparedPair)
    .query(({ ctx, input }) => showComparedPair(ctx, input)),
  lastRated: researcherProcedure.query(({ ctx }) => lastRated(ctx)),
  flips: researcherProcedure.input(ShowFlips).query(({ ctx, input }) => showFlips(ctx, input)),
});
