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
  /** null: withheld from everybody while the grid is open, since whoever reads it may be the one to rate. */
  said: { correct: number; abstained: number } | null;
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

/** Those that were asked about any of these images, which are a grid's. */
export function tallyAutomatic(
  judges: readonly SaidByJudge[],
  imageIds: readonly string[],
  isRated: boolean,
): AutomaticTally[] {
  return judges.flatMap(({ scorerId, name, verdicts }) => {
    const given = imageIds.flatMap((imageId) => verdicts.get(imageId) ?? []);
    const count = (verdict: AutomaticVerdict) => given.filter((one) => one === verdict).length;
    if (given.length === 0) return [];
    const said = { correct: count("correct"), abstained: count("abstained") };
    return [{ scorerId, name, judged: given.length, said: isRated ? said : null }];
  });
}
