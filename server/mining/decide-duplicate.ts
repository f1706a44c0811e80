import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { batches, patterns, proposals } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { phaseOfNewPairs } from "./domain/phase-of-new-pairs";
import { insertPairs } from "./insert-pairs";
import { lockProject } from "./lock-project";
import { recordOverrule } from "./record-overrule";
import type { DecideDuplicate } from "./schemas";

const CONFIRMED = "Confirmed as a duplicate";

/** A person's word on a proposal that looked like a pair the project has. */
export async function decideDuplicate(
  { db, viewer, member }: MemberContext,
  { proposalId, decision }: DecideDuplicate,
): Promise<{ pairId: string | null }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const proposal = await lockDuplicate(tx, projectId, proposalId);
    const { twinId, batchId, ordinal } = proposal;
    const pairId = decision === "keep" ? await makePair(tx, proposal) : null;
    const change =
      pairId === null
        ? { reason: decision === "confirm" ? CONFIRMED : null }
        : { outcome: "overruled" as const, pairId, reason: null };
    await tx.update(proposals).set(change).where(eq(proposals.id, proposalId));
    if (pairId !== null) await recordOverrule(tx, proposal, pairId);
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: `duplicate.${decision}`,
      subjectId: proposalId,
      payload: { pairId, twinId, batchId, ordinal },
    });
    await notifyLive(tx, { projectId, topic: "batch", id: batchId });
    return { pairId };
  });
}

type Proposal = typeof proposals.$inferSelect;

async function lockDuplicate(tx: Tx, projectId: string, proposalId: string): Promise<Proposal> {
  const [proposal] = await tx
    .select()
    .from(proposals)
    .where(and(eq(proposals.id, proposalId), eq(proposals.projectId, projectId)))
    .for("update");
  if (!proposal) throw new AppError("NOT_FOUND", "No such proposal in this project");
  if (proposal.outcome !== "duplicate")
    throw new AppError("CONFLICT", "This proposal is not held as a duplicate any more");
  return proposal;
}

/** The pair an overruled duplicate becomes: proposed, like every other new one. */
async function makePair(tx: Tx, proposal: Proposal): Promise<string> {
  const { projectId, conceptA: a, conceptB: b, latent, rationale, batchId } = proposal;
  const [pattern] = await tx
    .select({ id: patterns.id, phase: patterns.phase })
    .from(batches)
    .innerJoin(patterns, eq(patterns.id, batches.patternId))
    .where(eq(batches.id, proposal.batchId));
  if (!pattern) throw new Error("A proposal's batch has no pattern");
  const { id: patternId } = pattern;
  const phase = phaseOfNewPairs(pattern);
  const [pairId] = await insertPairs(tx, [
    {
      projectId,
      patternId,
      phase,
      batchId,
      a,
      b,
      latent,
      rationale,
      origin: "llm",
      state: "proposed",
    },
  ]);
  if (!pairId) throw new Error("The pair was not stored");
  return pairId;
}
