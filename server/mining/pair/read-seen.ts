import { and, asc, eq, isNotNull } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, grids, pairs, sittings } from "@/db/schema";
import { guessesOfLlm } from "@/server/rating/guess-of-llm";
import { latentMatch } from "../domain/latent-match";
import type { PairScope } from "./read-origin";

/**
 * What the raters saw in place of the concept beside what was expected: by the LLM in its own words, else by
 * whoever wrote the pair; only once they have submitted.
 */
export async function readSeen(db: DbOrTx, { projectId, pairId }: PairScope) {
  const { guessed, latent } = guessesOfLlm(db, projectId);
  const rows = await db
    .select({
      id: sittings.id,
      guess: latent,
      written: pairs.latent,
      seen: sittings.seenInstead,
      rater: accounts.name,
      isSimulated: accounts.isSimulated,
    })
    .from(sittings)
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .leftJoin(guessed, eq(guessed.pairId, pairs.id))
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
  return rows.flatMap(({ seen, guess, written, ...row }) => {
    if (!seen) return [];
    const expected = guess ?? written;
    const match = expected === null ? null : latentMatch(expected, seen);
    return [{ ...row, seen, expected, isOfLlm: guess !== null, match }];
  });
}
