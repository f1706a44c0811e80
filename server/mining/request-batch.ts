import { and, eq, max } from "drizzle-orm";
import { batches, patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { enqueue } from "@/server/jobs/queue";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { nameKey } from "./domain/name-key";
import { hash32 } from "./domain/random";
import { expandPattern } from "./exchanges/expand-pattern";
import { openProposer } from "./open-proposer";
import type { RequestBatch } from "./schemas";

/** Asks for n new pairs of one pattern. The worker does it; the batch tells how far it is. */
export async function requestBatch(
  { db, viewer, member }: MemberContext,
  { patternId, n }: RequestBatch,
): Promise<{ batchId: string; number: number }> {
  const llm = await openProposer(db);
  return db.transaction(async (tx) => {
    const [pattern] = await tx
      .select()
      .from(patterns)
      .where(and(eq(patterns.id, patternId), eq(patterns.projectId, member.projectId)))
      .for("no key update");
    if (!pattern) throw new AppError("NOT_FOUND", "No such pattern in this project");
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
        projectId: member.projectId,
        patternId,
        number,
        proposer: `${llm.model} ${expandPattern.version}`,
        asked: n,
        // Equal for equal patterns, so that the offline proposer repeats itself exactly. 31 bits fit the column.
        seed: hash32(`${nameKey(pattern.name)} ${number}`) >>> 1,
        requestedBy: viewer.accountId,
      })
      .returning({ id: batches.id, seed: batches.seed });
    if (!batch) throw new Error("The batch was not stored");
    await recordDecision(tx, {
      projectId: member.projectId,
      actorId: viewer.accountId,
      action: "batch.request",
      subjectId: batch.id,
      payload: { patternId, n, seed: batch.seed },
    });
    await enqueue(tx, "mining.propose", { batchId: batch.id });
    await notifyLive(tx, { projectId: member.projectId, topic: "batch", id: batch.id });
    return { batchId: batch.id, number };
  });
}
