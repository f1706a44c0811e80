import { and, asc, eq, lt, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { renders } from "@/db/schema";
import { endAttempt } from "./end-attempt";

const AT_ONCE = 50;

/** Takes renders back from bridges that stopped renewing; each counts as a failed attempt. */
export async function expireLeases(tx: Tx, endpointName?: string): Promise<number> {
  const expired = await tx
    .select()
    .from(renders)
    .where(
      and(
        eq(renders.state, "leased"),
        lt(renders.leasedUntil, sql`now()`),
        endpointName ? eq(renders.endpointName, endpointName) : undefined,
      ),
    )
    .orderBy(asc(renders.id))
    .limit(AT_ONCE)
    .for("update", { skipLocked: true });
  // Project by project: ending a render for good locks its project's budget, and two sweeps must not wait in a circle.
  const inOrder = expired.toSorted((a, b) => a.projectId.localeCompare(b.projectId));
  for (const render of inOrder) {
    await endAttempt(tx, render, {
      outcome: "expired",
      kind: "retryable",
      reason: "The bridge stopped answering",
      waits: false,
    });
  }
  return expired.length;
}
