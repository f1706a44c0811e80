import { setImmediate } from "node:timers/promises";
import type { DbOrTx } from "@/db/client";
import { automaticVerdict, type JudgeRule, judgeRule } from "./domain/automatic-verdict";
import { type JudgeFigures, judgeFigures, type TwiceJudged } from "./domain/judge-figures";
import { verdictOfPeople } from "./domain/verdict-of-people";
import { readGridImages } from "./read-grid-images";
import { readJudgedImages } from "./read-judged-images";
import { type KnownScorer, readMeasured } from "./read-measured";
import type { IsTrainedOn } from "./read-trained";

type Known = { scorers: readonly KnownScorer[]; isTrainedOn: IsTrainedOn };
type Verdict = TwiceJudged & { revisionId: string; steered: boolean };

/** A scorer that judges, against people: all generators that it did not steer, and each. */
export type ReckonedJudge = {
  scorer: KnownScorer;
  seenFrom: number;
  all: JudgeFigures;
  generators: (JudgeFigures & { revisionId: string; steered: boolean; trained: boolean })[];
};

/** The reference is people alone, whoever's counts the page shows: a simulated rater may be this very judge. */
export async function reckonJudges(
  db: DbOrTx,
  projectId: string,
  { scorers, isTrainedOn }: Known,
): Promise<ReckonedJudge[]> {
  const judging = scorers.flatMap((scorer) => {
    const rule = judgeRule(scorer.settings);
    return rule ? [{ scorer, rule }] : [];
  });
  if (judging.length === 0) return [];
  const [images, rated] = await Promise.all([
    readGridImages(db, projectId),
    readJudgedImages(db, projectId, "human"),
  ]);
  const people = verdictOfPeople(rated);
  const found: ReckonedJudge[] = [];
  for (const { scorer, rule } of judging) {
    await setImmediate();
    const measured = await readMeasured(db, projectId, scorer.id);
    const verdicts = images.flatMap(({ imageId, revisionId }): Verdict[] => {
      const said = measured.get(imageId);
      if (!said || said.concepts === null) return [];
      const judge = automaticVerdict(said.concepts, rule);
      const steered = said.steered || isTrainedOn(revisionId, scorer.name);
      return [{ judge, people: people.get(imageId) ?? null, revisionId, steered }];
    });
    found.push(againstPeople(scorer, rule, verdicts, isTrainedOn));
  }
  return found.filter(({ generators }) => generators.length > 0);
}

function againstPeople(
  scorer: KnownScorer,
  { seenFrom }: JudgeRule,
  verdicts: readonly Verdict[],
  isTrainedOn: IsTrainedOn,
): ReckonedJudge {
  const byRevision = [...Map.groupBy(verdicts, ({ revisionId }) => revisionId)];
  return {
    scorer,
    seenFrom,
    all: judgeFigures(verdicts.filter(({ steered }) => !steered)),
    generators: byRevision.map(([revisionId, own]) => ({
      revisionId,
      steered: own.some(({ steered }) => steered),
      trained: isTrainedOn(revisionId, scorer.name),
      ...judgeFigures(own),
    })),
  };
}
