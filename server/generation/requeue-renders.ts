import { and, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { renders } from "@/db/schema";

/** A new attempt on the same row, at once and with a clean count of failures. */
export async function requeueRenders(tx: Tx, renderIds: readonly string[]): Promise<void> {
  if (renderIds.length === 0) return;
  await tx
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
    );
}
