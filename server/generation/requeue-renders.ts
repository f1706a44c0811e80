import { and, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { renders } from "@/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { reaskTags } from "@/server/realign/ask-for-tags";
import { redrawLooks } from "./follow-looks";
import type { Attempted } from "./pay-for-renders";

/** A new attempt on the same row, at once and with a clean count of failures. The caller reserves for what is returned. */
export async function requeueRenders(tx: Tx, renderIds: readonly string[]): Promise<Attempted[]> {
  if (renderIds.length === 0) return [];
  const queued = await tx
    .update(renders)
    .set({
      state: "queued",
      attempt: sql`${renders.attempt} + 1`,
      failures: 0,
      notBefore: sql`now()`,
      reason: null,
      finishedAt: null,
    })
    .where(
      and(inArray(renders.id, [...renderIds]), inArray(renders.state, ["failed", "cancelled"])),
    )
    .returning({
      id: renders.id,
      attempt: renders.attempt,
      firstRenderId: sql<
        string | null
      >`case when ${renders.awaitsObjects} then ${renders.firstRenderId} end`,
    });
  await redrawLooks(
    tx,
    queued.map(({ id }) => id),
  );
  const firsts = queued.flatMap(({ firstRenderId }) => firstRenderId ?? []);
  return [...queued, ...(await resumeFirsts(tx, firsts))];
}

/** What waits for its first image goes on with the step that failed. */
async function resumeFirsts(tx: Tx, firstIds: readonly string[]): Promise<Attempted[]> {
  if (firstIds.length === 0) return [];
  await reaskTags(tx, firstIds);
  for (const firstRenderId of firstIds) await enqueue(tx, "realign.advance", { firstRenderId });
  return requeueRenders(tx, firstIds);
}
