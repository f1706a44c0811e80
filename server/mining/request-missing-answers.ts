import { asc } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { pairs } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { askOnce } from "./ask-once";
import { MOST_ASKED_AT_ONCE } from "./domain/inquiry-input";
import { lackAnswer } from "./lacks-answer";
import { lockProject } from "./lock-project";
import type { AskAboutPairs } from "./schemas";

/**
 * Asks one thing of the accepted pairs that fit the filter and lack it, a hundred at a time so that nobody waits long behind it;
 * `isMore` says that others are left. One that is asked already, or whose question waits for a person, is not asked again. What
 * the budget does not cover waits, and says so.
 */
export async function requestMissingAnswers(
  { db, viewer, member: { projectId } }: MemberContext,
  input: AskAboutPairs,
): Promise<{ asked: number; isMore: boolean }> {
  return db.transaction(async (tx) => {
    // Two presses take turns: the second finds what the first has asked.
    await lockProject(tx, projectId);
    const found = await lockLacking(tx, projectId, input);
    const asked = found.slice(0, MOST_ASKED_AT_ONCE);
    const [actorId, purpose] = [viewer.accountId, input.purpose];
    for (const { id: pairId } of asked) {
      await askOnce(tx, { projectId, actorId, purpose, pairId, parameters: {} });
    }
    return { asked: asked.length, isMore: found.length > asked.length };
  });
}

const lockLacking = (tx: Tx, projectId: string, input: AskAboutPairs) =>
  tx
    .select({ id: pairs.id })
    .from(pairs)
    .where(lackAnswer(tx, projectId, input))
    .orderBy(asc(pairs.id))
    .limit(MOST_ASKED_AT_ONCE + 1)
    .for("no key update", { of: pairs });
