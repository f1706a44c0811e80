import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import {
  BUDGET_KINDS,
  type BudgetKind,
  type LoopStep,
  WAIT_KINDS,
  type WaitKind,
} from "@/db/enums";
import { type Pattern, patterns, phases } from "@/db/schema";
import { OverBudget } from "@/server/budget/over-budget";
import { insertPrecheck } from "@/server/generation/start-precheck";
import { insertRun } from "@/server/generation/start-run";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { askForPrompts } from "@/server/mining/ask-for-prompts";
import { expandPattern } from "@/server/mining/exchanges/expand-pattern";
import { insertBatch } from "@/server/mining/insert-batch";
import { lockPattern } from "@/server/mining/lock-pattern";
import { lockProject } from "@/server/mining/lock-project";
import { openProposer } from "@/server/mining/open-proposer";
import { planSteps, type StepAction } from "./domain/plan-steps";
import { readStanding, type Standing } from "./read-standing";
import { endPatternWaits, endWait, type Wait, waitFor } from "./wait";

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
    const [found] = await tx
      .select({ projectId: patterns.projectId })
      .from(patterns)
      .where(eq(patterns.id, patternId));
    if (!found) return;
    const pattern = await lockForStep(tx, { projectId: found.projectId, patternId });
    await advancePattern(tx, pattern, { proposer, allow: null });
  });
}

export type Going = {
  proposer: string;
  /** A step that a person has just allowed, though the pattern asks before it. */
  allow: LoopStep | null;
};

/** The project before the pattern, the order of all who write pairs and decide on patterns. */
export async function lockForStep(
  tx: Tx,
  of: { projectId: string; patternId: string },
): Promise<Pattern> {
  await lockProject(tx, of.projectId);
  return lockPattern(tx, of);
}

/** Does what is due and notes what is waited for. The pattern is locked by the caller. */
export async function advancePattern(tx: Tx, pattern: Pattern, going: Going): Promise<void> {
  const of = { projectId: pattern.projectId, patternId: pattern.id };
  if (!(await mayGo(tx, pattern))) {
    await endPatternWaits(tx, of);
    return;
  }
  const standing = await readStanding(tx, pattern, going);
  const { actions, waits } = planSteps(standing);
  const due = new Map<WaitKind, string>(waits.map(({ kind, reason }) => [kind, reason]));
  const short = new Map<BudgetKind, string>();
  for (const action of actions) {
    const shortage = await act(tx, (sp) => ACTIONS[action](sp, pattern, standing, going));
    if (shortage) short.set(shortage.kind, shortage.message);
  }
  for (const kind of WAIT_KINDS)
    if (kind !== "budget") await setWait(tx, { ...of, kind }, due.get(kind));
  for (const budget of BUDGET_KINDS)
    await setWait(tx, { ...of, kind: "budget", budget }, short.get(budget));
}

async function setWait(tx: Tx, wait: Wait, reason: string | undefined): Promise<void> {
  if (reason) await waitFor(tx, wait, reason);
  else await endWait(tx, wait);
}

/** What a budget does not cover is not begun: then which one and why, and nothing has changed. */
async function act(tx: Tx, action: (sp: Tx) => Promise<void>): Promise<OverBudget | null> {
  try {
    await tx.transaction(action);
    return null;
  } catch (error) {
    if (error instanceof OverBudget) return error;
    throw error;
  }
}

/** In auto-mode, approved, and its phase open. */
export async function mayGo(tx: Tx, pattern: Pattern): Promise<boolean> {
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
