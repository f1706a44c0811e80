import { and, eq, inArray } from "drizzle-orm";
import { patterns } from "@/db/schema";
import { chooseRevision, listTestedRevisions } from "@/server/project/find-tested-revision";
import type { MemberContext } from "@/server/trpc/context";
import { distinctNames } from "./domain/distinct-names";
import type { JudgedGrid } from "./domain/judged-grid";
import { type JudgedGrids, readJudgedGrids } from "./read-judged-grids";
import { readPromptLengths } from "./read-prompt-lengths";
import { BOOTSTRAP, reckonAgreement } from "./reckon-agreement";
import type { ShowAgreement } from "./schemas";

type Context = Pick<MemberContext, "db" | "member">;
export type Agreement = Awaited<ReturnType<typeof showAgreement>>;

/** How far raters agree, on verdicts and on Levels: of people or of simulated raters, never of both together. */
export async function showAgreement(
  { db, member }: Context,
  { revisionId, judge, bucket, ...filter }: ShowAgreement,
) {
  const { projectId } = member;
  const revisions = await listTestedRevisions(db, projectId);
  const revision = chooseRevision(revisions, revisionId);
  const asked = { revision, revisions, judge, bucket: bucket ?? null, bootstrap: BOOTSTRAP };
  if (!revision) return { ...asked, choices: NO_CHOICES, figures: null };
  const scope = { projectId, revisionId: revision.id, judge };
  const [found, lengths] = await Promise.all([
    readJudgedGrids(db, scope),
    readPromptLengths(db, scope),
  ]);
  const isWanted = wantedBy(filter);
  const figures = await reckonAgreement({
    grids: found.grids.filter(isWanted),
    repeats: found.repeats.filter(({ grid }) => isWanted(grid)),
    lengths,
    bucket,
  });
  return { ...asked, choices: await choicesOf({ db, member }, found), figures };
}

const wantedBy =
  ({ patternId, round, raterId }: Pick<ShowAgreement, "patternId" | "round" | "raterId">) =>
  (grid: JudgedGrid) =>
    (!patternId || grid.patternId === patternId) &&
    (!round || grid.round === round) &&
    (!raterId || grid.sittings.some((sitting) => sitting.raterId === raterId));

/** What can be filtered by, with the names that the figures' ids stand for. */
async function choicesOf({ db, member }: Context, { grids, raters }: JudgedGrids) {
  const patternIds = [...new Set(grids.map((grid) => grid.patternId))];
  const rounds = new Set(grids.map((grid) => grid.round));
  return {
    patterns: await db
      .select({ id: patterns.id, name: patterns.name })
      .from(patterns)
      .where(and(eq(patterns.projectId, member.projectId), inArray(patterns.id, patternIds)))
      .orderBy(patterns.name),
    raters: distinctNames(raters),
    rounds: [...rounds].toSorted((one, other) => one - other),
  };
}

const NO_CHOICES: Awaited<ReturnType<typeof choicesOf>> = { patterns: [], raters: [], rounds: [] };
