import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { proposalTallies, saturations } from "@/db/schema";
import { countKey, type RepeatCounts } from "./domain/saturation/counts";

/** Whose repeats are counted. */
export type Proposing = { projectId: string; patternId: string; proposer: string };
export type Standing = typeof saturations.$inferSelect;

/**
 * Counts keys up or down and keeps what they sum up to, under the lock of the proposer's row. A key is the id of
 * the pair that a proposal amounts to, the new one or its twin: an edit of the pair does not part it from its repeats.
 */
export async function changeTallies(
  tx: Tx,
  proposing: Proposing,
  changes: ReadonlyMap<string, number>,
): Promise<{ before: Standing; counts: RepeatCounts }> {
  const before = await lockStanding(tx, proposing);
  const known = await readTimes(tx, proposing, [...changes.keys()]);
  let counts: RepeatCounts = before;
  for (const [key, change] of changes) {
    const times = known.get(key) ?? 0;
    // Of a batch from before repeats were counted.
    if (times + change < 0) continue;
    counts = countKey(counts, times, times + change);
    known.set(key, times + change);
  }
  await writeTimes(tx, proposing, known);
  const { proposals, distinct, once, twice } = counts;
  await tx
    .update(saturations)
    .set({ proposals, distinct, once, twice, updatedAt: sql`now()` })
    .where(isMine(saturations, proposing));
  return { before, counts };
}

const isMine = (
  table: typeof saturations | typeof proposalTallies,
  { projectId, patternId, proposer }: Proposing,
) =>
  and(eq(table.projectId, projectId), eq(table.patternId, patternId), eq(table.proposer, proposer));

async function lockStanding(tx: Tx, proposing: Proposing): Promise<Standing> {
  await tx.insert(saturations).values(proposing).onConflictDoNothing();
  const [standing] = await tx
    .select()
    .from(saturations)
    .where(isMine(saturations, proposing))
    .for("update");
  if (!standing) throw new Error("The saturation row was not stored");
  return standing;
}

async function readTimes(
  tx: Tx,
  proposing: Proposing,
  keys: readonly string[],
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const rows = await tx
    .select({ key: proposalTallies.key, times: proposalTallies.times })
    .from(proposalTallies)
    .where(and(isMine(proposalTallies, proposing), inArray(proposalTallies.key, [...keys])));
  return new Map(rows.map(({ key, times }) => [key, times]));
}

async function writeTimes(
  tx: Tx,
  proposing: Proposing,
  times: ReadonlyMap<string, number>,
): Promise<void> {
  const gone = [...times].filter(([, n]) => n === 0).map(([key]) => key);
  const kept = [...times].filter(([, n]) => n > 0);
  if (gone.length > 0)
    await tx
      .delete(proposalTallies)
      .where(and(isMine(proposalTallies, proposing), inArray(proposalTallies.key, gone)));
  if (kept.length > 0)
    await tx
      .insert(proposalTallies)
      .values(kept.map(([key, n]) => ({ ...proposing, key, times: n })))
      .onConflictDoUpdate({
        target: [proposalTallies.patternId, proposalTallies.proposer, proposalTallies.key],
        set: { times: sql`excluded.times` },
      });
}
