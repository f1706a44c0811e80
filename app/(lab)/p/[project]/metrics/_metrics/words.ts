import type { Estimate } from "@/server/agreement/domain/estimate";
import type { ScoredBy } from "@/server/metrics/schemas";
import type { Metrics } from "@/server/metrics/show-metrics";
import { many } from "../../_board/board-words";

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

/** With fewer pairs a coefficient says next to nothing: one pair more may turn it round. */
const FEWEST_TO_READ = 10;

type Followed = { pairs: number; spearman: Estimate };

/**
 * The verb says only what the sign and the number of pairs bear out: "follows people with ρ .41", "does not follow
 * people: ρ −.20", "has ρ .41 with people on 3 pairs: too few to read".
 */
export function followsWords({ pairs, spearman: rho }: Followed, who: string): string {
  if (pairs === 0) return `has nothing to be compared with ${who} over all generators yet`;
  const few = pairs < FEWEST_TO_READ ? `: too few to read (fewer than ${FEWEST_TO_READ})` : "";
  const on = `on ${many(pairs, "pair")}${few}`;
  if (rho.value === "no variation")
    return `has no ρ with ${who} while all scores or all counts are the same, ${on}`;
  if (typeof rho.value !== "number") return `has no ρ with ${who} ${on}`;
  if (few) return `has ρ ${figureWords(rho)} with ${who} ${on}`;
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
