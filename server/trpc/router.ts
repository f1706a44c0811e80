import { adjudicationRouter } from "@/server/adjudication/router";
import { agreementRouter } from "@/server/agreement/router";
import { authRouter } from "@/server/auth/router";
import { budgetRouter } from "@/server/budget/router";
import { comparisonRouter } from "@/server/comparison/router";
import { systemRouter } from "@/server/core/router";
import { generationRouter } from "@/server/generation/router";
import { importRouter } from "@/server/import/router";
import { judgingRouter } from "@/server/judging/router";
import { liveRouter } from "@/server/live/router";
import { loopRouter } from "@/server/loop/router";
import { metricsRouter } from "@/server/metrics/router";
import { miningRouter } from "@/server/mining/router";
import { projectRouter } from "@/server/project/router";
import { ratingRouter } from "@/server/rating/router";
import { releaseRouter } from "@/server/release/router";
import { scoringRouter } from "@/server/scoring/router";
import { createCallerFactory, router } from "./init";

export const appRouter = router({
  adjudication: adjudicationRouter,
  agreement: agreementRouter,
  auth: authRouter,
  budget: budgetRouter,
  comparison: comparisonRouter,
  generation: generationRouter,
  imports: importRouter,
  judging: judgingRouter,
  live: liveRouter,
  loop: loopRouter,
  metrics: metricsRouter,
  mining: miningRouter,
  project: projectRouter,
  rating: ratingRouter,
  release: releaseRouter,
  scoring: scoringRouter,
  system: systemRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
