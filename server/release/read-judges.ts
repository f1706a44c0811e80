import type { Tx } from "@/db/client";
import type { Corrected } from "@/server/metrics/domain/corrected-share";
import type { JudgeFigures } from "@/server/metrics/domain/judge-figures";
import { listScorers } from "@/server/metrics/read-measured";
import { readTrained } from "@/server/metrics/read-trained";
import { reckonJudges } from "@/server/metrics/reckon-judges";
import { listTestedRevisions } from "@/server/project/find-tested-revision";

/** What judges.json holds: every automatic judge as the metrics page shows it, against people alone. */
export async function judgeRecords(tx: Tx, projectId: string) {
  const [scorers, isTrainedOn, revisions] = await Promise.all([
    listScorers(tx, projectId),
    readTrained(tx, projectId),
    listTestedRevisions(tx, projectId),
  ]);
  const judges = await reckonJudges(tx, projectId, { scorers, isTrainedOn });
  return judges.map(({ scorer, seenFrom, all, generators }) => ({
    judge: scorer.name,
    version: scorer.version,
    model: scorer.model,
    model_revision: scorer.modelRevision,
    weights_hash: scorer.weightsHash,
    settings: scorer.settings,
    seen_from: seenFrom,
    all_generators: told(all),
    generators: generators.map(({ revisionId, steered, trained, ...figures }) => {
      const found = revisions.find(({ id }) => id === revisionId);
      return {
        generator: found?.generator ?? null,
        revision: found?.number ?? null,
        steered,
        trained,
        ...told(figures),
      };
    }),
  }));
}

const told = ({ confusion, raw, abstained, ...figures }: JudgeFigures) => ({
  // Of all images in grids that it was asked about.
  judge_correct: raw,
  judge_abstained: abstained,
  people_correct: figures.people,
  confusion: { people_correct: confusion.correct, people_incorrect: confusion.incorrect },
  sensitivity: figures.sensitivity,
  specificity: figures.specificity,
  // In words where it does not exist.
  cohen_kappa: figures.kappa,
  corrected_share: correctedShare(figures.corrected),
});

const correctedShare = (corrected: Corrected) =>
  typeof corrected === "string"
    ? { value: null, low: null, high: null, says: `not estimable: ${corrected}` }
    : { value: corrected.share, low: corrected.low, high: corrected.high, says: null };
