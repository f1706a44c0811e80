import type { Tx } from "@/db/client";
import { JUDGES } from "@/db/enums";
import { listRepairs } from "@/server/comparison/list-repairs";
import { type Comparison, showComparison } from "@/server/comparison/show-comparison";
import { toldFigure } from "./domain/told-figure";

/** What comparisons.json holds: every comparison as the compare page shows it, by people and by the simulated rater apart. */
export async function comparisonRecords(tx: Tx, projectId: string) {
  const records: ReturnType<typeof recordOf>[] = [];
  for (const { number } of (await listRepairs(tx, projectId)).toReversed()) {
    for (const judge of JUDGES) {
      const asked = { repair: number, judge };
      const found = await showComparison({ db: tx, member: { projectId } }, asked);
      if (found?.generators.some(({ levels }) => levels.rated > 0)) records.push(recordOf(found));
    }
  }
  return records;
}

function recordOf({ repair, judge, generators, methods, pairs, bootstrap }: Comparison) {
  const nameOf = (id: string) => {
    const found = generators.find(({ revisionId }) => revisionId === id);
    return { generator: found?.name ?? null, revision: found?.number ?? null };
  };
  return {
    comparison: repair.number,
    source: judge,
    made_at: repair.createdAt,
    seeds: repair.seeds,
    bootstrap: { ...bootstrap, unit: "pair", interval: "percentile, 95 %" },
    generators: generators.map(
      ({ revisionId, method, isBaseline, differs, levels, cost, training }) => ({
        ...nameOf(revisionId),
        method,
        is_baseline: isBaseline,
        // What its weights were trained on and to please, as its endpoint tells it; null: told of none.
        training,
        // Beside the method: a difference that may be what repairs.
        differs_from_baseline: differs,
        pairs: levels.rated,
        levels: levels.counts,
        level_5_share: levels.five,
        mean_level: levels.meanLevel,
        evals_per_image: cost?.evals ?? null,
        backwards_per_image: cost?.backwards ?? null,
        seconds_per_image: cost?.seconds ?? null,
      }),
    ),
    against_baseline: methods.map((one) => ({
      ...nameOf(one.revisionId),
      pairs: one.pairs,
      // Rows: the baseline's Level, 1 to 5; columns: the method's.
      table: one.table,
      level_5_difference: toldFigure(one.fiveDifference),
      mcnemar: one.mcnemar,
      levels_gained: toldFigure(one.levelsGained),
      signed_ranks: one.signedRanks,
      holm: one.holm,
    })),
    pairs: pairs.map(({ pairId, conceptA, conceptB, pattern, levels }) => ({
      pair_id: pairId,
      a: conceptA,
      b: conceptB,
      pattern,
      levels: Object.entries(levels).map(([id, level]) => ({ ...nameOf(id), level })),
    })),
  };
}
