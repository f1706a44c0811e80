import { and, asc, eq, inArray, isNull, notExists } from "drizzle-orm";
import type { DbOrTx, Tx } from "@/db/client";
import { inquiries, pairs } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { askOnce } from "./ask-once";
import { MOST_GUESSES_AT_ONCE } from "./domain/inquiry-input";
import { pairConditions } from "./list-pairs";
import { lockProject } from "./lock-project";
import type { PairFilter } from "./schemas";

/**
 * Asks for the C of accepted pairs that fit the filter and name none, a hundred at a time. One that is
 * asked already, or whose question waits for a person, is not asked again. What the budget does not
 * cover waits, and says so.
 */
export async function requestMissingGuesses(
  { db, viewer, member: { projectId } }: MemberContext,
  filter: PairFilter,
): Promise<{ asked: number }> {
  return db.transaction(async (tx) => {
    // Two presses take turns: the second finds what the first has asked.
    await lockProject(tx, projectId);
    const unnamed = await lockUnnamed(tx, projectId, filter);
    for (const { id: pairId } of unnamed) {
      const actorId = viewer.accountId;
      await askOnce(tx, { projectId, actorId, purpose: "guess_latent", pairId, parameters: {} });
    }
    return { asked: unnamed.length };
  });
}

const lockUnnamed = (tx: Tx, projectId: string, filter: PairFilter) =>
  tx
    .select({ id: pairs.id })
    .from(pairs)
    .where(
      and(
        eq(pairs.projectId, projectId),
        eq(pairs.state, "accepted"),
        isNull(pairs.latent),
        notExists(openGuess(tx)),
        ...pairConditions(tx, filter),
      ),
    )
    .orderBy(asc(pairs.id))
    .limit(MOST_GUESSES_AT_ONCE)
    .for("no key update", { of: pairs });

const openGuess = (db: DbOrTx) =>
  db
    .select({ id: inquiries.id })
    .from(inquiries)
    .where(
      and(
        eq(inquiries.pairId, pairs.id),
        eq(inquiries.purpose, "guess_latent"),
        isNull(inquiries.rerunsId),
        inArray(inquiries.state, ["queued", "running", "waiting"]),
      ),
    );
