import { and, asc, desc, eq, or } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { batches, exchanges, proposals } from "@/db/schema";

export type PairScope = { projectId: string; pairId: string };

/** How the pair was first proposed; null when a person typed it in. */
export async function readProposal(db: DbOrTx, { projectId, pairId }: PairScope) {
  const [proposal] = await db
    .select({
      batchId: batches.id,
      batch: batches.number,
      proposer: batches.proposer,
      ordinal: proposals.ordinal,
      conceptA: proposals.conceptA,
      conceptB: proposals.conceptB,
      latent: proposals.latent,
      rationale: proposals.rationale,
    })
    .from(proposals)
    .innerJoin(batches, eq(batches.id, proposals.batchId))
    .where(and(eq(proposals.pairId, pairId), eq(proposals.projectId, projectId)))
    .orderBy(asc(proposals.id))
    .limit(1);
  return proposal ?? null;
}

/** The calls behind the pair and its prompts, the newest first. */
export async function readExchanges(
  db: DbOrTx,
  { projectId, pairId }: PairScope,
  batchId: string | null,
) {
  const isOfBatch = batchId ? eq(exchanges.batchId, batchId) : undefined;
  return db
    .select({
      id: exchanges.id,
      purpose: exchanges.purpose,
      model: exchanges.model,
      templateVersion: exchanges.templateVersion,
      outcome: exchanges.outcome,
      reason: exchanges.reason,
      tokensIn: exchanges.tokensIn,
      tokensOut: exchanges.tokensOut,
      latencyMs: exchanges.latencyMs,
      repairsId: exchanges.repairsId,
      createdAt: exchanges.createdAt,
    })
    .from(exchanges)
    .where(and(eq(exchanges.projectId, projectId), or(eq(exchanges.pairId, pairId), isOfBatch)))
    .orderBy(desc(exchanges.id));
}
