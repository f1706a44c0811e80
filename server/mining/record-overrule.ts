import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { batches, patterns, type proposals } from "@/db/schema";
import { changeTallies } from "./change-tallies";

type Overruled = Pick<typeof proposals.$inferSelect, "projectId" | "batchId" | "twinId">;

/** A person said that this repeat is a pair of its own: it counts as new, under itself and not its twin. */
export async function recordOverrule(
  tx: Tx,
  { projectId, batchId, twinId }: Overruled,
  pairId: string,
): Promise<void> {
  const [batch] = await tx
    .update(batches)
    .set({ fresh: sql`${batches.fresh} + 1` })
    .where(and(eq(batches.id, batchId), eq(batches.projectId, projectId)))
    .returning({ patternId: batches.patternId, proposer: batches.proposer });
  if (!batch) throw new Error("A proposal has no batch");
  await tx
    .update(patterns)
    .set({ fresh: sql`${patterns.fresh} + 1` })
    .where(and(eq(patterns.id, batch.patternId), eq(patterns.projectId, projectId)));
  if (!twinId) throw new Error("A duplicate has no twin");
  const changes = new Map([
    [twinId, -1],
    [pairId, 1],
  ]);
  await changeTallies(tx, { projectId, ...batch }, changes);
}
