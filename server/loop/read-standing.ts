import { and, asc, eq, exists, inArray, isNull, notExists, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { LoopStep } from "@/db/enums";
import {
  batches,
  type Pattern,
  pairCounts,
  pairs,
  phases,
  runPairs,
  runs,
  saturations,
} from "@/db/schema";
import type { PatternStanding } from "./domain/plan-steps";

/** How many pairs one step takes on; the next step takes the rest. */
export const STEP_PAIRS = 200;

export type Standing = PatternStanding & {
  unaskedIds: string[];
  promptedIds: string[];
  gridIds: string[];
};

/** Reads counters and the few pairs that have a step before them: its cost does not grow with the pattern. */
export async function readStanding(
  tx: Tx,
  pattern: Pattern,
  { proposer, allow }: { proposer: string; allow: LoopStep | null },
): Promise<Standing> {
  const counts = await tx
    .select({ state: pairCounts.state, stage: pairCounts.stage, pairs: pairCounts.pairs })
    .from(pairCounts)
    .where(eq(pairCounts.patternId, pattern.id));
  const sum = (state: string, stage?: string) =>
    counts
      .filter((row) => row.state === state && (stage === undefined || row.stage === stage))
      .reduce((total, row) => total + row.pairs, 0);
  const unaskedIds =
    sum("accepted", "prompts") > 0 ? await atPrompts(tx, pattern.id, "unasked") : [];
  const givenUpIds =
    sum("accepted", "prompts") > 0 ? await atPrompts(tx, pattern.id, "cancelled") : [];
  // A person's yes is also one to those that somebody gave up on.
  const isAllowed = allow === "prompts";
  const promptedIds = sum("accepted", "prompts") > 0 ? await atPrompts(tx, pattern.id, "done") : [];
  const isAtGrid = sum("accepted", "grid") > 0;
  const gridIds = isAtGrid ? await atGrid(tx, pattern.id, { wasCancelled: false }) : [];
  const stoppedIds = isAtGrid ? await atGrid(tx, pattern.id, { wasCancelled: true }) : [];
  const isGridAllowed = allow === "grid";
  return {
    proposed: sum("proposed"),
    stages: {
      prompts: sum("accepted", "prompts"),
      precheck: sum("accepted", "precheck"),
      quick_look: sum("accepted", "quick_look"),
      grid: sum("accepted", "grid"),
      rating: sum("accepted", "rating"),
    },
    unasked: unaskedIds.length + (isAllowed ? givenUpIds.length : 0),
    givenUp: isAllowed ? 0 : givenUpIds.length,
    prompted: promptedIds.length,
    stopped: isGridAllowed ? 0 : stoppedIds.length,
    openBatch: await findOpenBatch(tx, pattern.id),
    saturation: await findSaturation(tx, pattern.id, proposer),
    asks: new Set(pattern.askSteps.filter((step) => step !== allow)),
    isPhase3Open: await isPhase3Open(tx, pattern.projectId),
    unaskedIds: isAllowed ? [...unaskedIds, ...givenUpIds] : unaskedIds,
    promptedIds,
    gridIds: isGridAllowed ? [...gridIds, ...stoppedIds] : gridIds,
  };
}

const open = (patternId: string, stage: "prompts" | "grid") =>
  and(
    eq(pairs.patternId, patternId),
    eq(pairs.state, "accepted"),
    eq(pairs.stage, stage),
    // Written out once more: the partial index is only used when its condition stands in the query.
    sql`${pairs.stage} <> 'rated'`,
  );

async function atPrompts(
  tx: Tx,
  patternId: string,
  which: "unasked" | "cancelled" | "done",
): Promise<string[]> {
  const isWanted = which === "unasked" ? isNull(pairs.promptsState) : eq(pairs.promptsState, which);
  const rows = await tx
    .select({ id: pairs.id })
    .from(pairs)
    .where(and(open(patternId, "prompts"), isWanted))
    .orderBy(asc(pairs.id))
    .limit(STEP_PAIRS);
  return rows.map(({ id }) => id);
}

/** At a grid no run of a pair stands: where there is one, a person has cancelled it. */
async function atGrid(
  tx: Tx,
  patternId: string,
  { wasCancelled }: { wasCancelled: boolean },
): Promise<string[]> {
  const run = tx
    .select()
    .from(runPairs)
    .innerJoin(runs, eq(runs.id, runPairs.runId))
    .where(and(eq(runPairs.pairId, pairs.id), eq(runs.purpose, "mining")));
  const rows = await tx
    .select({ id: pairs.id })
    .from(pairs)
    // Without its five prompts a pair cannot be drawn: the prompts' own state says who is waited for.
    .where(
      and(
        open(patternId, "grid"),
        eq(pairs.promptsState, "done"),
        wasCancelled ? exists(run) : notExists(run),
      ),
    )
    .orderBy(asc(pairs.id))
    .limit(STEP_PAIRS);
  return rows.map(({ id }) => id);
}

async function findOpenBatch(tx: Tx, patternId: string) {
  const [batch] = await tx
    .select({ state: batches.state })
    .from(batches)
    .where(
      and(
        eq(batches.patternId, patternId),
        inArray(batches.state, ["queued", "running", "waiting"]),
      ),
    )
    .limit(1);
  return batch?.state ?? null;
}

async function isPhase3Open(tx: Tx, projectId: string): Promise<boolean> {
  const [phase] = await tx
    .select({ state: phases.state })
    .from(phases)
    .where(and(eq(phases.projectId, projectId), eq(phases.number, 3)));
  return phase?.state === "open" || phase?.state === "paused";
}

async function findSaturation(tx: Tx, patternId: string, proposer: string) {
  const [row] = await tx
    .select({
      isDry: saturations.isDry,
      isConfirmed: saturations.isConfirmed,
      reason: saturations.reason,
    })
    .from(saturations)
    .where(and(eq(saturations.patternId, patternId), eq(saturations.proposer, proposer)));
  return row ?? null;
}
