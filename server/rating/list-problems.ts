import { and, asc, desc, eq, inArray, isNotNull, not, or } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, gridImages, grids, pairs, sittings, verdicts } from "@/db/schema";
import { hasSuccessor } from "@/server/generation/find-broken";
import type { MemberContext } from "@/server/trpc/context";

const MOST = 100;

/** What raters could not do: images flagged as broken, grids they cannot judge, and their notes. */
export async function listProblems({ db, member }: MemberContext) {
  const [broken, cannotJudge, notes] = await Promise.all([
    listBroken(db, member.projectId),
    listCannotJudge(db, member.projectId),
    listNotes(db, member.projectId),
  ]);
  return { broken, cannotJudge, notes };
}

const PAIR = {
  pairId: pairs.id,
  conceptA: pairs.conceptA,
  conceptB: pairs.conceptB,
  rater: accounts.name,
  sittingId: sittings.id,
};

function listBroken(db: DbOrTx, projectId: string) {
  return db
    .select({ ...PAIR, gridId: grids.id, imageId: verdicts.imageId, position: gridImages.position })
    .from(verdicts)
    .innerJoin(sittings, eq(sittings.id, verdicts.sittingId))
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .innerJoin(
      gridImages,
      and(eq(gridImages.gridId, grids.id), eq(gridImages.imageId, verdicts.imageId)),
    )
    .where(
      and(
        eq(sittings.projectId, projectId),
        eq(sittings.state, "submitted"),
        eq(verdicts.verdict, "broken"),
        // What was drawn again or set aside needs nobody any more.
        eq(pairs.state, "accepted"),
        not(hasSuccessor(db)),
      ),
    )
    .orderBy(desc(sittings.id), asc(gridImages.position))
    .limit(MOST);
}

function listCannotJudge(db: DbOrTx, projectId: string) {
  return db
    .select({ ...PAIR, reason: sittings.reason })
    .from(sittings)
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .where(and(eq(sittings.projectId, projectId), eq(sittings.state, "cannot_judge")))
    .orderBy(desc(sittings.id))
    .limit(MOST);
}

/** What the guidelines leave open comes first: it can be mended for all grids to come. */
function listNotes(db: DbOrTx, projectId: string) {
  return db
    .select({ ...PAIR, note: sittings.note, isGuidelineGap: sittings.isGuidelineGap })
    .from(sittings)
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .where(
      and(
        eq(sittings.projectId, projectId),
        inArray(sittings.state, ["submitted", "cannot_judge"]),
        or(isNotNull(sittings.note), sittings.isGuidelineGap),
      ),
    )
    .orderBy(desc(sittings.isGuidelineGap), desc(sittings.id))
    .limit(MOST);
}
