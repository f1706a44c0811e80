import { and, eq, isNull } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { batches, inquiries, pairs, waiting } from "@/db/schema";
import { endWait } from "@/server/loop/wait";

/**
 * Something that the token budget held was given up, done by hand or asked anew: with the last of it the stop ends.
 * Call it after that change. The stop's row makes leavers and those who are held take turns.
 */
export async function endTokenStop(tx: Tx, projectId: string): Promise<void> {
  const stop = { projectId, kind: "budget", budget: "tokens" } as const;
  const [open] = await tx
    .select({ id: waiting.id })
    .from(waiting)
    .where(
      and(
        eq(waiting.projectId, projectId),
        eq(waiting.kind, stop.kind),
        eq(waiting.budget, stop.budget),
        isNull(waiting.patternId),
        isNull(waiting.endedAt),
      ),
    )
    .for("update");
  // Only now: what another transaction held while this one waited for the row is seen.
  if (open && !(await holdsAnything(tx, projectId))) await endWait(tx, stop);
}

async function holdsAnything(tx: Tx, projectId: string): Promise<boolean> {
  const heldIn = (table: typeof batches | typeof inquiries) =>
    tx
      .select({ id: table.id })
      .from(table)
      .where(
        and(eq(table.projectId, projectId), eq(table.state, "waiting"), eq(table.heldBy, "tokens")),
      );
  const unwritten = tx
    .select({ id: pairs.id })
    .from(pairs)
    .where(
      and(
        eq(pairs.projectId, projectId),
        eq(pairs.state, "accepted"),
        eq(pairs.promptsState, "waiting"),
        eq(pairs.promptsHeldBy, "tokens"),
      ),
    );
  const held = await unionAll(heldIn(batches), heldIn(inquiries), unwritten).limit(1);
  return held.length > 0;
}
