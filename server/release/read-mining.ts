import { asc, eq, inArray, or } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { batches, decisions, exchanges, proposals } from "@/db/schema";
import { pseudonym } from "./rater";

/** The proposal each pair came from and the batch's exchanges, by pair. */
export async function readProposals(tx: Tx, pairIds: readonly string[]) {
  const rows = await tx
    .select({
      pairId: proposals.pairId,
      batchId: batches.id,
      batch: batches.number,
      proposer: batches.proposer,
      seed: batches.seed,
      ordinal: proposals.ordinal,
      outcome: proposals.outcome,
      concept_a: proposals.conceptA,
      concept_b: proposals.conceptB,
      latent: proposals.latent,
      rationale: proposals.rationale,
      extras: proposals.extras,
    })
    .from(proposals)
    .innerJoin(batches, eq(batches.id, proposals.batchId))
    .where(inArray(proposals.pairId, [...pairIds]))
    .orderBy(asc(proposals.id));
  return Map.groupBy(rows, (row) => row.pairId ?? "");
}

/** Every call to the language model that these pairs or their batches asked for. */
export async function readExchanges(
  tx: Tx,
  pairIds: readonly string[],
  batchIds: readonly string[],
) {
  return tx
    .select({
      id: exchanges.id,
      pairId: exchanges.pairId,
      batchId: exchanges.batchId,
      purpose: exchanges.purpose,
      model: exchanges.model,
      template_version: exchanges.templateVersion,
      parameters: exchanges.parameters,
      outcome: exchanges.outcome,
      reason: exchanges.reason,
      tokens_in: exchanges.tokensIn,
      tokens_out: exchanges.tokensOut,
      latency_ms: exchanges.latencyMs,
      repairs: exchanges.repairsId,
      created_at: exchanges.createdAt,
    })
    .from(exchanges)
    .where(or(inArray(exchanges.pairId, [...pairIds]), inArray(exchanges.batchId, [...batchIds])))
    .orderBy(asc(exchanges.id));
}

/** By pair; `subjects` says whose pair each thing is that a decision may be about. */
export async function readDecisions(
  tx: Tx,
  projectId: string,
  subjects: ReadonlyMap<string, string>,
) {
  const rows = await tx
    .select({
      subjectId: decisions.subjectId,
      actorId: decisions.actorId,
      action: decisions.action,
      payload: decisions.payload,
      created_at: decisions.createdAt,
    })
    .from(decisions)
    .where(inArray(decisions.subjectId, [...subjects.keys()]))
    .orderBy(asc(decisions.id));
  const named = rows.map(({ actorId, ...row }) => ({
    ...row,
    by: actorId ? pseudonym(projectId, actorId) : null,
  }));
  return Map.groupBy(named, (row) => subjects.get(row.subjectId ?? "") ?? "");
}
