import { and, asc, eq, lt, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { scoreTasks } from "@/db/schema";
import { endTask } from "./end-task";

const AT_ONCE = 50;

/** Takes tasks back from bridges that stopped renewing; each counts as a failed attempt. */
export async function expireTasks(tx: Tx, endpointName?: string): Promise<number> {
  const expired = await tx
    .select()
    .from(scoreTasks)
    .where(
      and(
        eq(scoreTasks.state, "leased"),
        lt(scoreTasks.leasedUntil, sql`now()`),
        endpointName ? eq(scoreTasks.endpointName, endpointName) : undefined,
      ),
    )
    .orderBy(asc(scoreTasks.projectId), asc(scoreTasks.id))
    .limit(AT_ONCE)
    .for("update", { skipLocked: true });
  for (const task of expired) {
    await endTask(tx, task, {
      kind: "retryable",
      reason: "The bridge stopped answering",
      waits: false,
    });
  }
  return expired.length;
}
