import { reckonKept } from "@/server/figures/reckon-kept";
import { handle } from "@/server/jobs/handle";
import { KEPT_METRICS } from "./kept-metrics";

export const metricsJobs = {
  "metrics.reckon": handle("metrics.reckon", ({ figuresId }, { db }) =>
    reckonKept(db, KEPT_METRICS, figuresId),
  ),
};
