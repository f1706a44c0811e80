import { and, eq, inArray } from "drizzle-orm";
import { accounts, patterns } from "@/db/schema";
import { wantFigures } from "@/server/figures/want-figures";
import { chooseRevision, listTestedRevisions } from "@/server/project/find-tested-revision";
import type { MemberContext } from "@/server/trpc/context";
import { distinctNames } from "./domain/distinct-names";
import { KEPT_AGREEMENT, type KeptFigures } from "./kept-agreement";
import { BOOTSTRAP } from "./reckon-agreement";
import { AskedFigures, type ShowAgreement } from "./schemas";

type Context = Pick<MemberContext, "db" | "member">;
export type Agreement = Awaited<ReturnType<typeof showAgreement>>;

/**
 * How far raters agree, on verdicts and on Levels: of people or of simulated raters, never of both together.
 * Reckoning takes seconds where much was rated: the worker does it, and the page shows what it has.
 */
export async function showAgreement({ db, member }: Context, asked: ShowAgreement) {
  const { projectId } = member;
  const { judge, bucket = null } = asked;
  const revisions = await listTestedRevisions(db, projectId);
  const revision = chooseRevision(revisions, asked.revisionId);
  const shown = { revision, revisions, judge, bucket, bootstrap: BOOTSTRAP };
  const found = revision
    ? await wantFigures(
        db,
        KEPT_AGREEMENT,
        projectId,
        AskedFigures.parse({ ...asked, revisionId: revision.id }),
      )
    : { figures: null, reckonedAt: null, isStale: false };
  return { ...shown, ...found, choices: await choicesOf({ db, member }, found.figures) };
}

/** What can be filtered by, with the names that the figures' ids stand for. */
async function choicesOf({ db, member }: Context, figures: KeptFigures | null) {
  const { patternIds = [], raterIds = [], rounds = [] } = figures?.choices ?? {};
  const [named, raters] = await Promise.all([
    db
      .select({ id: patterns.id, name: patterns.name })
      .from(patterns)
      .where(and(eq(patterns.projectId, member.projectId), inArray(patterns.id, patternIds)))
      .orderBy(patterns.name),
    db
      .select({ id: accounts.id, name: accounts.name })
      .from(accounts)
      .where(inArray(accounts.id, raterIds)),
  ]);
  return {
    patterns: named,
    raters: distinctNames(new Map(raters.map(({ id, name }) => [id, name]))),
    rounds,
  };
}
