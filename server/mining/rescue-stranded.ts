import { and, inArray, not } from "drizzle-orm";
import { batches, inquiries, pairs } from "@/db/schema";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { hasLiveJob } from "@/server/jobs/has-live-job";
import { notifyLive } from "@/server/live/live";
import { closeAbandoned } from "./end-exchange";

const REASON = "The work stopped too often; the worker's log says why. Ask again.";
const NOTHING = { batchId: null, pairId: null, inquiryId: null };
const UNFINISHED = ["queued", "running"] as const;

/** Safe to run twice: what it finds leaves the states it looks for. */
export async function rescueStranded(
  _payload: JobPayload<"mining.sweep">,
  { db }: JobContext,
): Promise<void> {
  const subjects = await db.transaction(async (tx) => {
    const stopped = await tx
      .update(batches)
      .set({ state: "waiting", reason: REASON, heldBy: null })
      .where(
        and(
          inArray(batches.state, [...UNFINISHED]),
          not(hasLiveJob("mining.propose", "batchId", batches.id)),
        ),
      )
      .returning({ id: batches.id, projectId: batches.projectId });
    for (const batch of stopped) await notifyLive(tx, { ...batch, topic: "batch" });

    const unwritten = await tx
      .update(pairs)
      .set({ promptsState: "waiting", promptsReason: REASON, promptsHeldBy: null })
      .where(
        and(
          inArray(pairs.promptsState, [...UNFINISHED]),
          not(hasLiveJob("mining.writePrompts", "pairId", pairs.id)),
        ),
      )
      .returning({ id: pairs.id, projectId: pairs.projectId });
    for (const pair of unwritten) await notifyLive(tx, { ...pair, topic: "pair" });

    const unanswered = await tx
      .update(inquiries)
      .set({ state: "waiting", reason: REASON, heldBy: null })
      .where(
        and(
          inArray(inquiries.state, [...UNFINISHED]),
          not(hasLiveJob("mining.inquire", "inquiryId", inquiries.id)),
        ),
      )
      .returning({ id: inquiries.id, projectId: inquiries.projectId });
    for (const inquiry of unanswered) await notifyLive(tx, { ...inquiry, topic: "inquiry" });
    return [
      ...stopped.map(({ id }) => ({ ...NOTHING, batchId: id })),
      ...unwritten.map(({ id }) => ({ ...NOTHING, pairId: id })),
      ...unanswered.map(({ id }) => ({ ...NOTHING, inquiryId: id })),
    ];
  });
  // What was set aside for a question that nobody waits for any more must not block the others.
  for (const subject of subjects) await db.transaction((tx) => closeAbandoned(tx, subject));
}
