import type { DbOrTx } from "@/db/client";
import {
  type AutomaticVerdict,
  automaticVerdict,
  judgeRule,
} from "@/server/metrics/domain/automatic-verdict";
import { listScorers, readMeasured } from "@/server/metrics/read-measured";

/** What one automatic judge says of images, by id. It stands beside people's verdicts and is in no Level. */
export type SaidByJudge = {
  scorerId: string;
  name: string;
  verdicts: ReadonlyMap<string, AutomaticVerdict>;
};
export type AutomaticTally = {
  scorerId: string;
  name: string;
  /** Images that it was asked about. */
  judged: number;
  correct: number;
  abstained: number;
};

export async function readAutomatic(
  db: DbOrTx,
  projectId: string,
  imageIds: readonly string[],
): Promise<SaidByJudge[]> {
  const scorers = await listScorers(db, projectId);
  const found: SaidByJudge[] = [];
  for (const { id, name, settings } of scorers) {
    const rule = judgeRule(settings);
    if (!rule) continue;
    const measured = await readMeasured(db, projectId, id, imageIds);
    const verdicts = new Map<string, AutomaticVerdict>();
    for (const [imageId, { concepts }] of measured) {
      if (concepts !== null) verdicts.set(imageId, automaticVerdict(concepts, rule));
    }
    found.push({ scorerId: id, name, verdicts });
  }
  return found;
}

/** Those that were asked about any of these images. */
export function tallyAutomatic(
  judges: readonly SaidByJudge[],
  imageIds: readonly string[],
): AutomaticTally[] {
  return judges.flatMap(({ scorerId, name, verdicts }) => {
    const said = imageIds.flatMap((imageId) => verdicts.get(imageId) ?? []);
    const count = (verdict: AutomaticVerdict) => said.filter((one) => one === verdict).length;
    if (said.length === 0) return [];
    const [correct, abstained] = [count("correct"), count("abstained")];
    return [{ scorerId, name, judged: said.length, correct, abstained }];
  });
}
