import { and, asc, eq, lt, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { judgeTasks } from "@/db/schema";
import { endTask } from "./end-task";

const AT_ONCE = 50;

/** Takes tasks back from bridges that stopped renewing; each counts as a failed attempt. */
export async function expireTasks(tx: Tx, endpointName?: string): Promise<number> {
  const expired = await tx
    .select()
    .from(judgeTasks)
    .where(
      and(
        eq(judgeTasks.state, "leased"),
        lt(judgeTasks.leasedUntil, sql`now()`),
        endpointName ? eq(judgeTasks.endpointName, endpointName) : undefined,
      ),
    )
    .orderBy(asc(judgeTasks.projectId), asc(judgeTasks.id))
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
