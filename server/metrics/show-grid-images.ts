import type { DbOrTx } from "@/db/client";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { judgeRule, scoreOf } from "./domain/automatic-verdict";
import { readJudgedImages } from "./read-judged-images";
import { listScorers, readMeasured } from "./read-measured";
import type { ScoredGridImages } from "./schemas";

type Context = { db: DbOrTx; member: Pick<MemberContext["member"], "projectId"> };

/** The images behind one point of the plot, those with the highest scores first. */
export async function showGridImages(
  { db, member }: Context,
  { gridId, scorerId, by, judge }: ScoredGridImages,
) {
  const judged = await readJudgedImages(db, member.projectId, judge, gridId);
  if (judged.length === 0) throw new AppError("NOT_FOUND", "No such grid with a Level.");
  const scorer = (await listScorers(db, member.projectId)).find(({ id }) => id === scorerId);
  const rule = judgeRule(scorer?.settings);
  const measured = await readMeasured(
    db,
    member.projectId,
    scorerId,
    judged.map(({ imageId }) => imageId),
  );
  return judged
    .flatMap(({ imageId, isCorrect }) => {
      const score = measured.get(imageId)?.[by] ?? null;
      return score === null ? [] : [{ imageId, isCorrect, score: scoreOf(score, rule) }];
    })
    .toSorted((one, other) => other.score - one.score);
}
