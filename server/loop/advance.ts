import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type LoopStep, WAIT_KINDS } from "@/db/enums";
import { type Pattern, patterns, phases } from "@/db/schema";
import { insertPrecheck } from "@/server/generation/start-precheck";
import { insertRun } from "@/server/generation/start-run";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { askForPrompts } from "@/server/mining/ask-for-prompts";
import { expandPattern } from "@/server/mining/exchanges/expand-pattern";
import { insertBatch } from "@/server/mining/insert-batch";
import { openProposer } from "@/server/mining/open-proposer";
import { planSteps, type StepAction } from "./domain/plan-steps";
import { readStanding, type Standing } from "./read-standing";
import { endWait, waitFor } from "./wait";

/**
 * One step of a pattern in auto-mode. Safe to run twice: it looks at what is there, takes the pattern's lock, and
 * every action moves its pairs out of the state that called for it.
 */
export async function advance(
  { patternId }: JobPayload<"loop.advance">,
  { db }: JobContext,
): Promise<void> {
  const llm = await openProposer(db);
  const proposer = `${llm.model} ${expandPattern.version}`;
  await db.transaction(async (tx) => {
    const [pattern] = await tx
      .select()
      .from(patterns)
      .where(eq(patterns.id, patternId))
      .for("no key update");
    if (pattern) await advancePattern(tx, pattern, { proposer, allow: null });
  });
}

export type Going = {
  proposer: string;
  /** A step that a person has just allowed, though the pattern asks before it. */
  allow: LoopStep | null;
};

/** Does what is due and notes what is waited for. The pattern is locked by the caller. */
export async function advancePattern(tx: Tx, pattern: Pattern, going: Going): Promise<void> {
  if (!(await mayGo(tx, pattern))) return;
  const standing = await readStanding(tx, pattern, going);
  const { actions, waits } = planSteps(standing);
  for (const action of actions) await ACTIONS[action](tx, pattern, standing, going);
  const due = new Map(waits.map(({ kind, reason }) => [kind, reason]));
  for (const kind of WAIT_KINDS) {
    const wait = { projectId: pattern.projectId, kind, patternId: pattern.id };
    const reason = due.get(kind);
    if (reason) await waitFor(tx, wait, reason);
    else if (kind !== "budget") await endWait(tx, wait);
  }
}

async function mayGo(tx: Tx, pattern: Pattern): Promise<boolean> {
  if (!pattern.isAuto || pattern.state !== "approved") return false;
  const number = pattern.phase === 1 ? 2 : pattern.phase;
  const [phase] = await tx
    .select({ state: phases.state })
    .from(phases)
    .where(and(eq(phases.projectId, pattern.projectId), eq(phases.number, number)));
  return phase?.state === "open";
}

type Act = (tx: Tx, pattern: Pattern, standing: Standing, going: Going) => Promise<void>;

const ACTIONS = {
  propose: async (tx, pattern, _standing, { proposer }) => {
    await insertBatch(tx, pattern, { actorId: null, n: pattern.batchSize, proposer });
  },
  retest: async (tx, pattern, _standing, { proposer }) => {
    const batch = { actorId: null, n: pattern.batchSize, proposer, isRetest: true };
    await insertBatch(tx, pattern, batch);
  },
  prompts: async (tx, { projectId }, { unaskedIds }) => {
    for (const pairId of unaskedIds) await askForPrompts(tx, { projectId, pairId });
  },
  precheck: async (tx, { projectId }, { promptedIds }) => {
    await insertPrecheck(tx, { projectId, actorId: null, pairIds: promptedIds });
  },
  grid: async (tx, { projectId }, { gridIds }) => {
    if (gridIds.length === 0) return;
    await insertRun(tx, { projectId, actorId: null }, { pairIds: gridIds, purpose: "mining" });
  },
} satisfies Record<StepAction, Act>;
