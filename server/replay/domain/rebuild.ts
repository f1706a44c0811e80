import { z } from "zod";
import { BrokenLog } from "./broken-log";
import type { Break } from "./first-difference";
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

export type Rebuilt = { state: LoopState } | { broken: Break };

/** The loop's state from the log alone: decisions in their order, and the evidence they name. */
export function rebuild(log: readonly LogEntry[], evidence: Evidence): Rebuilt {
  const fold: Fold = { state: emptyState(), batches: new Map(), tallies: new Map(), evidence };
  // What came before the last snapshot is in it.
  const start = log.findLastIndex(({ action }) => action === "loop.snapshot");
  for (const entry of log.slice(Math.max(0, start))) {
    const problem = apply(fold, entry);
    if (problem) return { broken: { path: `decision ${entry.seq} (${entry.action})`, problem } };
  }
  for (const [pairId, pair] of Object.entries(fold.state.pairs)) {
    if (pair.stage && evidence.ratedPairs.has(pairId)) pair.stage = "rated";
  }
  for (const kind of ["tokens", "renders", "rater_ms"] as const) {
    Object.assign(fold.state.budgets[kind], evidence.spent[kind]);
  }
  return { state: fold.state };
}

/** What keeps the decision from being replayed; null when nothing does. */
function apply(fold: Fold, { action, subjectId, payload }: LogEntry): string | null {
  try {
    // Actions that change nothing of what is compared (a project's name, a retry) have no handler.
    HANDLERS[action]?.(fold, subjectId ?? "", payload);
    return null;
  } catch (error) {
    if (error instanceof BrokenLog) return error.message;
    if (error instanceof z.ZodError)
      return `it cannot be read: ${error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")}`;
    throw error;
  }
}
