import { and, eq } from "drizzle-orm";
import type { DbOrTx, Tx } from "@/db/client";
import { batches, type Pattern, proposals } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { wake } from "@/server/loop/wake";
import { recordDecision } from "@/server/project/record-decision";
import { checkPair } from "./domain/check-pair";
import { tidyConcept } from "./domain/concept";
import { pairKey } from "./domain/pair-key";
import { phaseOfNewPairs } from "./domain/phase-of-new-pairs";
import type { ExpandAnswer } from "./exchanges/expand-pattern";
import { insertPairs } from "./insert-pairs";
import { lockProject } from "./lock-project";
import { type FoundTwin, lookUpPair } from "./look-up-pair";
import type { Meaning } from "./open-embedder";
import { recordSaturation, type SettledProposal } from "./record-saturation";

type Batch = Pick<typeof batches.$inferSelect, "id" | "projectId" | "patternId">;
type Proposed = ExpandAnswer["pairs"][number];
/**
 * `exchangeId` null: the proposals came from no exchange of this batch. Without `meaning` they are compared by their words
 * alone. Whoever gives it has seen to it that the embedder knows the concepts.
 */
type Answered = { value: ExpandAnswer; exchangeId: string | null; meaning?: Meaning | null };
type Outcome = Pick<
  typeof proposals.$inferInsert,
  "outcome" | "reason" | "twinId" | "step" | "similarity" | "pairId"
>;

/**
 * Keeps every proposal of a batch with its outcome, all in one transaction. A second run finds
 * the batch done and writes nothing.
 */
export async function recordProposals(
  db: DbOrTx,
  batch: Batch,
  pattern: Pattern,
  { value: answer, exchangeId, meaning = null }: Answered,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockProject(tx, batch.projectId);
    const locked = await lockRunning(tx, batch);
    if (!locked) return;
    const settled = await keepProposals(tx, batch, pattern, { answer, meaning });
    const fresh = settled.filter(({ outcome }) => outcome === "new").length;
    const figures = { returned: answer.pairs.length, fresh, finishedAt: new Date() };
    await tx
      .update(batches)
      .set({ state: "done", reason: null, ...figures })
      .where(eq(batches.id, batch.id));
    await recordDecision(tx, {
      projectId: batch.projectId,
      actorId: null,
      action: "batch.record",
      subjectId: batch.id,
      // Ids are drawn here and the embedder is asked; all else about the proposals follows from the exchange, so a
      // replay needs only these.
      payload: {
        exchangeId,
        meaning,
        meant: settled.flatMap(({ step, twinId }, index) =>
          step === "embedding" ? [{ ordinal: index + 1, twinId }] : [],
        ),
        pairIds: settled.map(({ pairId }) => pairId ?? null),
      },
    });
    await recordSaturation(tx, locked, settled);
    await notifyLive(tx, { projectId: batch.projectId, topic: "batch", id: batch.id });
    await wake(tx, batch.patternId);
  });
}

async function lockRunning(tx: Tx, { id, projectId }: Batch) {
  const [locked] = await tx
    .select()
    .from(batches)
    .where(and(eq(batches.id, id), eq(batches.projectId, projectId)))
    .for("update");
  return locked?.state === "running" ? locked : null;
}

async function keepProposals(
  tx: Tx,
  batch: Batch,
  pattern: Pattern,
  { answer, meaning }: { answer: ExpandAnswer; meaning: Meaning | null },
): Promise<(SettledProposal & Outcome)[]> {
  const settled: (SettledProposal & Outcome)[] = [];
  for (const [index, proposed] of answer.pairs.entries()) {
    const outcome = await settle(tx, { batch, pattern, meaning }, proposed);
    settled.push({ a: proposed.a, b: proposed.b, ...outcome });
    await tx
      .insert(proposals)
      .values({ ...rowOf(batch, proposed), ...outcome, ordinal: index + 1 });
  }
  return settled;
}

const rowOf = (batch: Batch, { a, b, latent, reason, ...extras }: Proposed) => ({
  projectId: batch.projectId,
  batchId: batch.id,
  conceptA: tidyConcept(a),
  conceptB: tidyConcept(b),
  latent: latent ? tidyConcept(latent) : null,
  rationale: reason ?? null,
  extras: extrasOf(extras),
  key: pairKey(a, b),
});

/** Pairs that a person picked or a pattern brought along say nothing beside themselves. */
function extrasOf({ checklist, draw_first, confidence }: Partial<Proposed>) {
  const said = Object.entries({ checklist, draw_first, confidence }).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return said.length > 0 ? Object.fromEntries(said) : null;
}

type Settling = { batch: Batch; pattern: Pattern; meaning: Meaning | null };

async function settle(
  tx: Tx,
  { batch, pattern, meaning }: Settling,
  proposed: Proposed,
): Promise<Outcome> {
  const problem = checkPair(proposed);
  if (problem) return { outcome: "invalid", reason: problem };
  const { twin, ...variants } = await lookUpPair(tx, batch.projectId, proposed, meaning);
  if (twin && !twin.isFlagged) return { outcome: "duplicate", ...besideTwin(twin) };
  const { a, b, latent, reason: rationale } = proposed;
  const [pairId] = await insertPairs(tx, [
    {
      projectId: batch.projectId,
      patternId: pattern.id,
      phase: phaseOfNewPairs(pattern),
      batchId: batch.id,
      a,
      b,
      latent,
      rationale,
      ...variants,
      origin: "llm",
      state: "proposed",
    },
  ]);
  if (!pairId) throw new Error("The pair was not stored");
  return { outcome: "new", pairId, ...(twin && besideTwin(twin)) };
}

const besideTwin = ({ pair, step, similarity }: FoundTwin) => ({
  twinId: pair.id,
  step,
  similarity,
});
