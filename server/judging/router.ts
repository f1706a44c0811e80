import { finishTags } from "@/server/realign/finish-tags";
import { FinishTags } from "@/server/realign/schemas";
import { finishScores } from "@/server/scoring/finish-scores";
import { FinishScores } from "@/server/scoring/schemas";
import { bridgeProcedure, router } from "@/server/trpc/init";
import { failTask } from "./fail-task";
import { giveBackTask, renewTask } from "./hold-task";
import { leaseTask } from "./lease-task";
import { FailTask, HeldTask, LeaseTask } from "./schemas";

/** What bridges do with images that an endpoint is to judge: scores and tags alike, but for what comes of them. */
export const judgingRouter = router({
  lease: bridgeProcedure.input(LeaseTask).mutation(({ ctx, input }) => leaseTask(ctx, input)),
  renew: bridgeProcedure.input(HeldTask).mutation(({ ctx, input }) => renewTask(ctx, input)),
  fail: bridgeProcedure.input(FailTask).mutation(({ ctx, input }) => failTask(ctx, input)),
  giveBack: bridgeProcedure.input(HeldTask).mutation(({ ctx, input }) => giveBackTask(ctx, input)),
  finishScores: bridgeProcedure
    .input(FinishScores)
    .mutation(({ ctx, input }) => finishScores(ctx, input)),
  finishTags: bridgeProcedure
    .input(FinishTags)
    .mutation(({ ctx, input }) => finishTags(ctx, input)),
});
