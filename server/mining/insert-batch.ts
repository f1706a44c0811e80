import { eq, max } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { batches, type Pattern } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { enqueue } from "@/server/jobs/queue";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import { nameKey } from "./domain/name-key";
import { hash32 } from "./domain/random";

export type NewBatch = {
  /** null: the loop itself, in auto-mode. */
  actorId: string | null;
  n: number;
  proposer: string;
  temperature?: number | null;
  isRetest?: boolean;
};

/** Queues a request for n new pairs. Lock the pattern first: its batches are numbered. */
export async function insertBatch(
  tx: Tx,
  pattern: Pattern,
  { actorId, n, proposer, temperature = null, isRetest = false }: NewBatch,
): Promise<{ batchId: string; number: number }> {
  const { projectId, id: patternId } = pattern;
  if (pattern.state !== "approved")
    throw new AppError("CONFLICT", "Approve this pattern before asking for pairs");
  const [newest] = await tx
    .select({ number: max(batches.number) })
    .from(batches)
    .where(eq(batches.patternId, patternId));
  const number = (newest?.number ?? 0) + 1;
  const [batch] = await tx
    .insert(batches)
    .values({
      projectId,
      patternId,
      number,
      proposer,
      asked: n,
      temperature,
      isRetest,
      // Equal for equal patterns, so that the offline proposer repeats itself exactly. 31 bits fit the column.
      seed: hash32(`${nameKey(pattern.name)} ${number}`) >>> 1,
      requestedBy: actorId,
    })
    .returning({ id: batches.id, seed: batches.seed });
  if (!batch) throw new Error("The batch was not stored");
  await recordDecision(tx, {
    projectId,
    actorId,
    action: "batch.request",
    subjectId: batch.id,
    payload: { patternId, number, n, seed: batch.seed, proposer, temperature, isRetest },
  });
  await enqueue(tx, "mining.propose", { batchId: batch.id });
  await notifyLive(tx, { projectId, topic: "batch", id: batch.id });
  return { batchId: batch.id, number };
}
