import type { Estimate } from "@/server/agreement/domain/estimate";
import type { ScoredBy } from "@/server/metrics/schemas";
import type { Metrics } from "@/server/metrics/show-metrics";

const BY = { prompt: "on the prompt", concepts: "on the weaker concept" } satisfies Record<
  ScoredBy,
  string
>;

type Measure = Pick<Metrics["measures"][number], "scorer" | "by">;
export const measureWords = ({ scorer, by }: Measure): string => `${scorer.name} ${BY[by]}`;

/** Two scorers of one name differ by their weights: the first letters tell them apart. */
export const modelWords = ({ scorer }: Pick<Measure, "scorer">): string =>
  `${scorer.model} ${scorer.weightsHash.slice(0, 8)}`;

const said = (value: number) =>
  value
    .toFixed(2)
    .replace(/^(-?)0\./, "$1.")
    .replace("-", "−");

/** ".41 [.21, .58]", or why there is no number. */
export function figureWords({ value, interval }: Estimate): string {
  if (value === "no variation") return "no variation";
  if (value === "no overlap") return "–";
  return interval ? `${said(value)} [${said(interval.low)}, ${said(interval.high)}]` : said(value);
}

export const figureCells = ({ value, interval }: Estimate) =>
  [
    typeof value === "number" ? value : null,
    interval?.low ?? null,
    interval?.high ?? null,
  ] as const;
