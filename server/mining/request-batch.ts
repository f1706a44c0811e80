import type { MemberContext } from "@/server/trpc/context";
import { expandPattern } from "./exchanges/expand-pattern";
import { insertBatch } from "./insert-batch";
import { lockPattern } from "./lock-pattern";
import { openProposer } from "./open-proposer";
import type { RequestBatch } from "./schemas";

/** Asks for n new pairs of one pattern. The worker does it; the batch tells how far it is. */
export async function requestBatch(
  { db, viewer, member }: MemberContext,
  { patternId, n }: RequestBatch,
): Promise<{ batchId: string; number: number }> {
  const llm = await openProposer(db);
  return db.transaction(async (tx) => {
    const pattern = await lockPattern(tx, { projectId: member.projectId, patternId });
    const proposer = `${llm.model} ${expandPattern.version}`;
    return insertBatch(tx, pattern, { actorId: viewer.accountId, n, proposer });
  });
}
