import { and, asc, eq, max } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { ProposalStrategy } from "@/db/enums";
import { batches, type Pattern, proposals } from "@/db/schema";
import { recordDecision } from "@/server/project/record-decision";
import type { ExpandAnswer } from "./exchanges/expand-pattern";
import { knownMeanings } from "./learn-meanings";
import { recordProposals } from "./record-proposals";

export type GivenPairs = {
  pattern: Pattern;
  /** Who named the concepts: model and template version, as in any other batch. */
  proposer: string;
  strategy: ProposalStrategy;
  requestedBy: string;
  given: ExpandAnswer["pairs"];
};

/**
 * Keeps pairs whose words are known already (a new pattern's examples, combinations that a person
 * picked) as a batch of their own: repeats are caught and shown like all others. The caller holds the
 * project and the pattern.
 */
export async function recordGivenPairs(
  tx: Tx,
  { pattern, proposer, strategy, requestedBy, given }: GivenPairs,
): Promise<{ batchId: string; freshPairIds: string[] }> {
  const [newest] = await tx
    .select({ number: max(batches.number) })
    .from(batches)
    .where(eq(batches.patternId, pattern.id));
  const [batch] = await tx
    .insert(batches)
    .values({
      projectId: pattern.projectId,
      patternId: pattern.id,
      number: (newest?.number ?? 0) + 1,
      proposer,
      strategy,
      state: "running",
      asked: given.length,
      // Nothing is drawn: the words are given.
      seed: 0,
      requestedBy,
    })
    .returning();
  if (!batch) throw new Error("The batch was not stored");
  await recordDecision(tx, {
    projectId: pattern.projectId,
    actorId: requestedBy,
    action: "batch.give",
    subjectId: batch.id,
    payload: { patternId: pattern.id, number: batch.number, proposer, strategy, pairs: given },
  });
  const meaning = await knownMeanings(tx, given);
  await recordProposals(tx, batch, pattern, { value: { pairs: given }, exchangeId: null, meaning });
  const fresh = await tx
    .select({ pairId: proposals.pairId })
    .from(proposals)
    .where(and(eq(proposals.batchId, batch.id), eq(proposals.outcome, "new")))
    .orderBy(asc(proposals.ordinal));
  return { batchId: batch.id, freshPairIds: fresh.flatMap(({ pairId }) => pairId ?? []) };
}
