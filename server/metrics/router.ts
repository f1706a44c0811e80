import { researcherProcedure, router } from "@/server/trpc/init";
import { ScoredGridImages, ShowMetrics } from "./schemas";
import { showGridImages } from "./show-grid-images";
import { showMetrics } from "./show-metrics";

export const metricsRouter = router({
  show: researcherProcedure.input(ShowMetrics).query(({ ctx, input }) => showMetrics(ctx, input)),
  images: researcherProcedure
    .input(ScoredGridImages)
    .query(({ ctx, input }) => showGridImages(ctx, input)),
});
