import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { ProposalOutcome } from "@/db/enums";
import { batches, patterns, saturations } from "@/db/schema";
import { offerPhase } from "@/server/loop/offer-phase";
import { changeTallies, type Proposing } from "./change-tallies";
import type { PairWords } from "./domain/compare-pairs";
import { meanSimilarity } from "./domain/saturation/mean-similarity";
import { noveltyOf } from "./domain/saturation/novelty";
import { judgeSaturation } from "./domain/saturation/saturation";

type Batch = Proposing & { id: string; isRetest: boolean };
/** A proposal as it was settled; `pairId` is the new pair's, `twinId` that of the pair it repeats. */
export type SettledProposal = PairWords & {
  outcome: ProposalOutcome;
  pairId?: string | null;
  twinId?: string | null;
};

/**
 * What a batch says of how much its proposer still has to offer, in the transaction that records the batch.
 * A re-test that is dry as well offers phase 3; a person opens it.
 */
export async function recordSaturation(
  tx: Tx,
  { id: batchId, isRetest, projectId, patternId, proposer }: Batch,
  settled: readonly SettledProposal[],
): Promise<void> {
  const proposing = { projectId, patternId, proposer };
  const judged = settled.filter(({ outcome }) => outcome !== "invalid");
  const fresh = settled.filter(({ outcome }) => outcome === "new").length;
  const likeness = meanSimilarity(judged);
  await tx
    .update(batches)
    .set({ judged: judged.length, meanSimilarity: likeness })
    .where(and(eq(batches.id, batchId), eq(batches.projectId, projectId)));
  const [pattern] = await tx
    .update(patterns)
    .set({
      returned: sql`${patterns.returned} + ${settled.length}`,
      fresh: sql`${patterns.fresh} + ${fresh}`,
    })
    .where(and(eq(patterns.id, patternId), eq(patterns.projectId, projectId)))
    .returning({ name: patterns.name });
  if (!pattern) throw new Error("A batch has no pattern");

  const { before, counts } = await changeTallies(tx, proposing, timesOf(judged));
  const novelty = noveltyOf(fresh, judged.length);
  const standing = judgeSaturation(before, counts, { novelty, isRetest, meanSimilarity: likeness });
  await tx
    .update(saturations)
    .set(standing)
    .where(and(eq(saturations.patternId, patternId), eq(saturations.proposer, proposer)));
  if (!standing.isConfirmed || before.isConfirmed) return;
  await offerPhase(tx, {
    projectId,
    number: 3,
    reason: `“${pattern.name}” with ${proposer}. ${standing.reason}`,
    evidence: { patternId, proposer, batchId },
  });
}

/** A repeat counts under its twin: keys are pairs, not words. */
function timesOf(judged: readonly SettledProposal[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { pairId, twinId } of judged) {
    const key = pairId ?? twinId;
    if (!key) throw new Error("A judged proposal is neither a pair nor has a twin");
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return times;
}
