import type { Estimate } from "@/server/agreement/domain/estimate";
import type { Comparison } from "@/server/comparison/show-comparison";
import { CsvButton } from "../../plots/_plots/csv-button";
import { nameOf } from "./words";

const cellsOf = ({ value, interval }: Estimate) => [
  typeof value === "number" ? value : null,
  interval?.low ?? null,
  interval?.high ?? null,
];

/** Every test with its unadjusted and its adjusted p. */
export function TestsCsv({ project, comparison }: { project: string; comparison: Comparison }) {
  const { methods, generators, repair, bootstrap } = comparison;
  return (
    <CsvButton
      title="Against the baseline"
      name={`${project}-comparison-${repair.number}-tests`}
      head={[
        "method",
        "pairs",
        "still_5_difference",
        "still_5_low",
        "still_5_high",
        "only_baseline_5",
        "only_method_5",
        "mcnemar_exact_p",
        "mcnemar_holm_p",
        "levels_gained",
        "levels_gained_low",
        "levels_gained_high",
        "sign_flip_p",
        "sign_flip_holm_p",
        "rank_biserial",
        "resamples",
        "seed",
      ]}
      rows={methods.map((one) => {
        const method = generators.find(({ revisionId }) => revisionId === one.revisionId);
        return [
          method ? nameOf(method) : "",
          one.pairs,
          ...cellsOf(one.fiveDifference),
          one.mcnemar.onlyFirst,
          one.mcnemar.onlySecond,
          one.mcnemar.exact,
          one.holm.mcnemar,
          ...cellsOf(one.levelsGained),
          one.signedRanks.p,
          one.holm.signedRanks,
          one.signedRanks.rankBiserial,
          bootstrap.draws,
          bootstrap.seed,
        ];
      })}
    />
  );
}
