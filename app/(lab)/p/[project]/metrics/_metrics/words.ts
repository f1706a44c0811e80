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

/** The verb says only what the sign bears out: "follows people with ρ .41", "does not follow people: ρ −.20". */
export function followsWords(rho: Estimate, who: string): string {
  if (typeof rho.value !== "number") return `has nothing to be compared with ${who} yet`;
  return rho.value > 0
    ? `follows ${who} with ρ ${figureWords(rho)}`
    : `does not follow ${who}: ρ ${figureWords(rho)}`;
}

export const figureCells = ({ value, interval }: Estimate) =>
  [
    typeof value === "number" ? value : null,
    interval?.low ?? null,
    interval?.high ?? null,
  ] as const;
