import { and, eq, inArray, notExists, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { judgeTasks, scorings } from "@/db/schema";

/** Ends the active scorings of a project that have nothing left to wait for; of two that end its last tasks, the second sees it. */
export async function settleScorings(tx: Tx, projectId: string): Promise<void> {
  const active = and(eq(scorings.projectId, projectId), eq(scorings.state, "active"));
  await tx
    .select({ id: scorings.id })
    .from(scorings)
    .where(active)
    .orderBy(scorings.id)
    .for("update");
  const waits = tx
    .select({ one: sql`1` })
    .from(judgeTasks)
    .where(
      and(eq(judgeTasks.scoringId, scorings.id), inArray(judgeTasks.state, ["queued", "leased"])),
    );
  await tx
    .update(scorings)
    .set({ state: "done", finishedAt: sql`now()` })
    .where(and(active, notExists(waits)));
}
