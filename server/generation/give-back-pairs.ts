import { and, asc, eq, exists, inArray, ne, notExists } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { PairStage, QuickLookState, RunPurpose } from "@/db/enums";
import { grids, pairs, quickLooks, runPairs, runs } from "@/db/schema";
import { wakePairs } from "@/server/loop/wake";

// A comparison's images give no Level of record, and a look's are no grid.
const TO_RATE: RunPurpose[] = ["mining", "replicate"];

export type StageMove = { pairId: string; from: PairStage; to: PairStage };

/** The run's pairs that only wait for their rating, locked: pairs come before renders. */
export async function lockDrawnPairs(tx: Tx, runId: string): Promise<string[]> {
  const ofRun = tx
    .select()
    .from(runPairs)
    .where(and(eq(runPairs.runId, runId), eq(runPairs.pairId, pairs.id)));
  const held = await tx
    .select({ id: pairs.id })
    .from(pairs)
    .where(and(eq(pairs.stage, "rating"), exists(ofRun)))
    .orderBy(asc(pairs.id))
    .for("no key update");
  return held.map(({ id }) => id);
}

/** Pairs that no run draws any more and that have no grid stand where they stood before: nobody is to rate them. */
export async function giveBackPairs(tx: Tx, pairIds: readonly string[]): Promise<StageMove[]> {
  if (pairIds.length === 0) return [];
  const live = tx
    .select()
    .from(runPairs)
    .innerJoin(runs, eq(runs.id, runPairs.runId))
    .where(
      and(
        eq(runPairs.pairId, pairs.id),
        inArray(runs.purpose, TO_RATE),
        ne(runs.state, "cancelled"),
      ),
    );
  const grid = tx
    .select()
    .from(grids)
    .where(and(eq(grids.pairId, pairs.id), inArray(grids.purpose, TO_RATE)));
  const left = await tx
    .select({ id: pairs.id })
    .from(pairs)
    .where(and(inArray(pairs.id, [...pairIds]), notExists(live), notExists(grid)))
    .orderBy(asc(pairs.id));
  const before = await stagesBefore(
    tx,
    left.map(({ id }) => id),
  );
  for (const [stage, moved] of Map.groupBy(before, ({ to }) => to)) {
    const ids = moved.map(({ pairId }) => pairId);
    await tx.update(pairs).set({ stage }).where(inArray(pairs.id, ids));
  }
  await wakePairs(
    tx,
    left.map(({ id }) => id),
  );
  return before;
}

/** Where a pair stands by its first looks alone: the one that has come furthest counts. */
async function stagesBefore(tx: Tx, pairIds: readonly string[]): Promise<StageMove[]> {
  if (pairIds.length === 0) return [];
  const looks = await tx
    .select({ pairId: quickLooks.pairId, state: quickLooks.state })
    .from(quickLooks)
    .where(and(inArray(quickLooks.pairId, [...pairIds]), eq(quickLooks.kind, "precheck")));
  return pairIds.map((pairId) => {
    const states = looks.filter((look) => look.pairId === pairId).map(({ state }) => state);
    return { pairId, from: "rating", to: stageByLooks(states) };
  });
}

function stageByLooks(states: readonly QuickLookState[]): PairStage {
  if (states.includes("judged")) return "grid";
  if (states.includes("ready")) return "quick_look";
  return states.length > 0 ? "precheck" : "prompts";
}
