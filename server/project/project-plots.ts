import type { Judge } from "@/db/enums";
import type { MemberContext } from "@/server/trpc/context";
import { countRated } from "./count-phases";
import { chooseRevision, listTestedRevisions } from "./find-tested-revision";
import { readDiversity } from "./plots/read-diversity";
import { readLevels } from "./plots/read-levels";
import { readNovelty } from "./plots/read-novelty";
import { readYields } from "./plots/read-yields";
import type { ShowPlots } from "./schemas";

export type ProjectPlots = Awaited<ReturnType<typeof projectPlots>>;

/** The figures behind the plots, of people's Levels or of the simulated rater's, never of both. */
export async function projectPlots(
  { db, member }: Pick<MemberContext, "db" | "member">,
  { revisionId, judge }: ShowPlots,
) {
  const { projectId } = member;
  const revisions = await listTestedRevisions(db, projectId);
  const revision = chooseRevision(revisions, revisionId);
  const novelty = await readNovelty(db, projectId);
  if (!revision) return { revision, revisions, judge, novelty, rated: NOBODY, levels: null };
  const ofJudge = (one: Judge) => ({ projectId, revisionId: revision.id, judge: one });
  const scope = ofJudge(judge);
  const [yields, distribution, diversity, people, simulated] = await Promise.all([
    readYields(db, scope),
    readLevels(db, scope),
    readDiversity(db, scope),
    countRated(db, ofJudge("human")),
    countRated(db, ofJudge("simulated")),
  ]);
  const sum = (rows: typeof people) => rows.reduce((total, row) => total + row.rated, 0);
  return {
    revision,
    revisions,
    judge,
    novelty,
    rated: { human: sum(people), simulated: sum(simulated) },
    levels: { yields, distribution, diversity },
  };
}

const NOBODY = { human: 0, simulated: 0 };
