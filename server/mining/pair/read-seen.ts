import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, grids, pairs, sittings } from "@/db/schema";
import { isGuessOfLlm } from "@/server/rating/latent-precision";
import { latentMatch } from "../domain/latent-match";
import type { PairScope } from "./read-origin";

/** What the raters saw in place of the concept beside what was expected; only once they have submitted. */
export async function readSeen(db: DbOrTx, { projectId, pairId }: PairScope) {
  const rows = await db
    .select({
      id: sittings.id,
      guessed: pairs.latent,
      isOfLlm: sql<boolean>`${isGuessOfLlm(db, projectId)}`,
      seen: sittings.seenInstead,
      rater: accounts.name,
      isSimulated: accounts.isSimulated,
    })
    .from(sittings)
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .where(
      and(
        eq(sittings.projectId, projectId),
        eq(grids.pairId, pairId),
        eq(sittings.state, "submitted"),
        isNotNull(sittings.seenInstead),
      ),
    )
    .orderBy(asc(sittings.submittedAt));
  return rows.flatMap(({ seen, guessed, ...row }) =>
    seen ? [{ ...row, seen, match: guessed === null ? null : latentMatch(guessed, seen) }] : [],
  );
}
