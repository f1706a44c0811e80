import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { exchanges } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { decidePair } from "./decide-pair";
import { BY_HAND } from "./domain/by-hand";
import type { ProposePicked } from "./domain/pattern-input";
import { type ConceptSet, findConceptSet } from "./find-concept-set";
import { lockPattern } from "./lock-pattern";
import { lockProject } from "./lock-project";
import { recordGivenPairs } from "./record-given-pairs";

/**
 * Combinations that a person picked on the A × B board become a batch of that pattern. The pick is the
 * person's word, so what is new is accepted at once; what repeats a pair is kept beside its twin.
 */
export async function proposePicked(
  { db, viewer, member }: MemberContext,
  { conceptSetId, picks }: ProposePicked,
): Promise<{ batchId: string; picked: number; accepted: number }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const set = await findConceptSet(tx, { projectId, conceptSetId });
    const pattern = await lockPattern(tx, { projectId, patternId: set.patternId });
    if (pattern.state !== "approved")
      throw new AppError("CONFLICT", `“${pattern.name}” is ${pattern.state}: approve it first`);
    const given = picks.map((pick) => combine(set, pick));
    const { batchId, freshPairIds } = await recordGivenPairs(tx, {
      pattern,
      proposer: await proposerOf(tx, set),
      strategy: "two_sets",
      requestedBy: viewer.accountId,
      given,
    });
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "batch.pick",
      subjectId: batchId,
      payload: {
        patternId: pattern.id,
        conceptSetId,
        exchangeId: set.exchangeId,
        acceptedPairIds: freshPairIds,
      },
    });
    for (const pairId of freshPairIds)
      await decidePair({ db: tx, viewer, member }, { pairId, decision: "accept" });
    return { batchId, picked: given.length, accepted: freshPairIds.length };
  });
}

function combine(
  { conceptsA, conceptsB }: ConceptSet,
  { row, column }: ProposePicked["picks"][number],
) {
  const [a, b] = [conceptsA[row], conceptsB[column]];
  if (a === undefined || b === undefined)
    throw new AppError("INVALID", "A picked combination is not on this board. Load it again.");
  return { a, b };
}

async function proposerOf(tx: Tx, { exchangeId }: ConceptSet): Promise<string> {
  if (!exchangeId) return BY_HAND;
  const [exchange] = await tx
    .select({ model: exchanges.model, version: exchanges.templateVersion })
    .from(exchanges)
    .where(eq(exchanges.id, exchangeId));
  if (!exchange) throw new Error("The concept sets' exchange is gone");
  return `${exchange.model} ${exchange.version}`;
}
