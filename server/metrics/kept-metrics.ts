import { metricFigures } from "@/db/schema";
import type { KeptPage } from "@/server/figures/kept-page";
import { readBasis } from "./read-basis";
import { type ReckonedMetrics, reckonMetrics } from "./reckon-metrics";
import { AskedMetrics } from "./schemas";

export const KEPT_METRICS: KeptPage<AskedMetrics, ReckonedMetrics> = {
  table: metricFigures,
  job: "metrics.reckon",
  topic: "metrics",
  readBasis,
  readAsked: (asked) => AskedMetrics.parse(asked),
  reckon: reckonMetrics,
};
