import type { CsvCell } from "@/server/core/csv";
import type { Corrected } from "@/server/metrics/domain/corrected-share";
import type { JudgeFigures, Share } from "@/server/metrics/domain/judge-figures";

const inPercent = (share: number) => (share * 100).toFixed(1);
const between = ({ low, high }: { low: number; high: number }) =>
  `[${inPercent(low)}, ${inPercent(high)}]`;

/** "60.0 % [36.1, 80.9]"; the counts behind it are told beside it. */
export const shareWords = (share: Share): string =>
  share ? `${inPercent(share.count / share.total)} % ${between(share)}` : "–";

/** "55.0 % [20.1, 94.8]", or why there is no number. */
export const correctedWords = (corrected: Corrected): string =>
  typeof corrected === "string"
    ? `not estimable: ${corrected}`
    : `${inPercent(corrected.share)} % ${between(corrected)}`;

const SHARES = ["raw", "sensitivity", "specificity", "people"] as const;

export const JUDGE_HEAD = [
  "people_correct_judge_correct",
  "people_correct_judge_incorrect",
  "people_correct_judge_abstained",
  "people_incorrect_judge_correct",
  "people_incorrect_judge_incorrect",
  "people_incorrect_judge_abstained",
  "abstained",
  ...SHARES.flatMap((name) => [`${name}_count`, `${name}_total`, `${name}_low`, `${name}_high`]),
  "kappa",
  ...["corrected", "corrected_low", "corrected_high", "corrected_not_estimable"],
];

/** In the order of `JUDGE_HEAD`. */
export function judgeCells(figures: JudgeFigures): CsvCell[] {
  const { confusion, abstained, kappa, corrected } = figures;
  const { correct, incorrect } = confusion;
  return [
    ...[correct.correct, correct.incorrect, correct.abstained],
    ...[incorrect.correct, incorrect.incorrect, incorrect.abstained],
    abstained,
    ...SHARES.flatMap((name) => {
      const share = figures[name];
      return [
        share?.count ?? 0,
        share?.total ?? 0,
        share ? share.low : null,
        share ? share.high : null,
      ];
    }),
    typeof kappa === "number" ? kappa : null,
    ...(typeof corrected === "string"
      ? [null, null, null, corrected]
      : [corrected.share, corrected.low, corrected.high, null]),
  ];
}
