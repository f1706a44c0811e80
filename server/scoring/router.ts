import { bridgeProcedure, researcherProcedure, router } from "@/server/trpc/init";
import { cancelScoring } from "./cancel-scoring";
import { failScores } from "./fail-scores";
import { finishScores } from "./finish-scores";
import { giveBackScores, renewScores } from "./hold-scores";
import { leaseScores } from "./lease-scores";
import {
  FailScores,
  FinishScores,
  HeldScores,
  LeaseScores,
  ScoringNumber,
  ShowScoring,
  StartScoring,
} from "./schemas";
import { showScoring } from "./show-scoring";
import { startScoring } from "./start-scoring";

const bridgeRouter = router({
  lease: bridgeProcedure.input(LeaseScores).mutation(({ ctx, input }) => leaseScores(ctx, input)),
  renew: bridgeProcedure.input(HeldScores).mutation(({ ctx, input }) => renewScores(ctx, input)),
  finish: bridgeProcedure
    .input(FinishScores)
    .mutation(({ ctx, input }) => finishScores(ctx, input)),
  fail: bridgeProcedure.input(FailScores).mutation(({ ctx, input }) => failScores(ctx, input)),
  giveBack: bridgeProcedure
    .input(HeldScores)
    .mutation(({ ctx, input }) => giveBackScores(ctx, input)),
});

export const scoringRouter = router({
  bridge: bridgeRouter,
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
