import { batchHandlers } from "./fold/batches";
import type { Fold, Handlers } from "./fold/context";
import { lookHandlers } from "./fold/looks";
import { pairHandlers } from "./fold/pairs";
import { patternHandlers } from "./fold/patterns";
import { phaseHandlers } from "./fold/phases";
import { snapshotHandlers } from "./fold/snapshot";
import { spendingHandlers } from "./fold/spending";
import type { Evidence, LogEntry } from "./log";
import { emptyState, type LoopState } from "./state";

const HANDLERS: Handlers = {
  ...snapshotHandlers,
  ...phaseHandlers,
  ...patternHandlers,
  ...pairHandlers,
  ...batchHandlers,
  ...lookHandlers,
  ...spendingHandlers,
};

/** The loop's state from the log alone: decisions in their order, and the evidence they name. */
export function rebuild(log: readonly LogEntry[], evidence: Evidence): LoopState {
  const fold: Fold = { state: emptyState(), batches: new Map(), tallies: new Map(), evidence };
  // What came before the last snapshot is in it.
  const start = log.findLastIndex(({ action }) => action === "loop.snapshot");
  for (const { action, subjectId, payload } of log.slice(Math.max(0, start))) {
    // Actions that change nothing of what is compared (a project's name, a retry) have no handler.
    HANDLERS[action]?.(fold, subjectId ?? "", payload);
  }
  for (const [pairId, pair] of Object.entries(fold.state.pairs)) {
    if (pair.stage && evidence.ratedPairs.has(pairId)) pair.stage = "rated";
  }
  for (const kind of ["tokens", "renders", "rater_ms"] as const) {
    Object.assign(fold.state.budgets[kind], evidence.spent[kind]);
  }
  return fold.state;
}
