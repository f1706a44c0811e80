import type {
  BudgetKind,
  PairOrigin,
  PairStage,
  PairState,
  PatternCategory,
  PatternState,
  PhaseState,
  ProposalOutcome,
  RejectReason,
} from "@/db/enums";

/** What happened before the log began, and the log does not tell: equal to whatever the tables hold. */
export const UNTOLD = Symbol("untold");
type Untold = typeof UNTOLD;

/** The loop's state as the log gives it and as the tables hold it: what a replay compares. */
export type LoopState = {
  phases: Record<number, PhaseState>;
  patterns: Record<string, LoopPattern>;
  batches: Record<string, LoopBatch | Untold>;
  /** By batch and ordinal. */
  proposals: Record<string, LoopProposal>;
  pairs: Record<string, LoopPair>;
  /** By pair and number. */
  promptSets: Record<string, readonly string[]>;
  budgets: Record<BudgetKind, LoopBudget>;
  /** By pattern and proposer. */
  saturation: Record<string, LoopSaturation>;
};

export type LoopPattern = {
  name: string;
  definition: string;
  category: PatternCategory;
  phase: number;
  state: PatternState;
  parents: readonly string[];
  mergedInto: string | null;
};

export type LoopBatch = {
  returned: number;
  fresh: number;
  judged: number;
  /** As the table keeps it, in four bytes. */
  meanSimilarity: number | null;
};

export type LoopPair = {
  patternId: string;
  a: string;
  b: string;
  latent: string | null;
  key: string;
  phase: number;
  origin: PairOrigin;
  state: PairState;
  reason: RejectReason | null;
  stage: PairStage | null;
};

export type LoopProposal = {
  a: string;
  b: string;
  outcome: ProposalOutcome;
  step: string | null;
  twinId: string | null;
  pairId: string | null;
};

export type LoopBudget = { limit: number | null; reserved: number; settled: number };

export type LoopSaturation = {
  proposals: number;
  distinct: number;
  once: number;
  twice: number;
  dryBatches: number;
  isDry: boolean;
  isConfirmed: boolean;
  reason: string | null | Untold;
};

export const emptyState = (): LoopState => ({
  phases: {},
  patterns: {},
  batches: {},
  proposals: {},
  pairs: {},
  promptSets: {},
  budgets: {
    tokens: { limit: null, reserved: 0, settled: 0 },
    renders: { limit: null, reserved: 0, settled: 0 },
    rater_ms: { limit: null, reserved: 0, settled: 0 },
  },
  saturation: {},
});
