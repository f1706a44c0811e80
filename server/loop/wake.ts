import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { pairs, patterns } from "@/db/schema";
import { enqueue } from "@/server/jobs/queue";

/** Lets a pattern in auto-mode go on, in the transaction of the fact that may allow it. */
export async function wake(tx: Tx, ...patternIds: readonly string[]): Promise<void> {
  if (patternIds.length === 0) return;
  const auto = await tx
    .select({ id: patterns.id })
    .from(patterns)
    .where(and(inArray(patterns.id, [...patternIds]), eq(patterns.isAuto, true)));
  for (const { id } of auto) await enqueue(tx, "loop.advance", { patternId: id });
}

/** The same, for the patterns of these pairs. */
export async function wakePairs(tx: Tx, pairIds: readonly string[]): Promise<void> {
  if (pairIds.length === 0) return;
  const found = await tx
    .selectDistinct({ id: pairs.patternId })
    .from(pairs)
    .where(inArray(pairs.id, [...pairIds]));
  await wake(tx, ...found.map(({ id }) => id));
}
