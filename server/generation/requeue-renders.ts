import { and, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { renders } from "@/db/schema";
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
    .returning({ id: renders.id, attempt: renders.attempt });
  await redrawLooks(
    tx,
    queued.map(({ id }) => id),
  );
  return queued;
}
