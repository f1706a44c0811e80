// The closed vocabularies of the product, used by tables, schemas and screens alike.
export const PROJECT_ROLES = ["owner", "researcher", "expert"] as const;
export type ProjectRole = (typeof PROJECT_ROLES)[number];

export const PATTERN_CATEGORIES = ["lcmis", "traditional"] as const;
export type PatternCategory = (typeof PATTERN_CATEGORIES)[number];

export const PATTERN_STATES = ["proposed", "approved", "retired"] as const;
export type PatternState = (typeof PATTERN_STATES)[number];

export const PAIR_ORIGINS = ["human", "llm", "import"] as const;
export type PairOrigin = (typeof PAIR_ORIGINS)[number];

export const PAIR_STATES = ["proposed", "accepted", "rejected", "set_aside"] as const;
export type PairState = (typeof PAIR_STATES)[number];

export const REJECT_REASONS = [
  "same_as_twin",
  "cannot_be_drawn",
  "unclear",
  "plainly_fine",
  "off_pattern",
  "unsafe",
  "other",
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** `waiting` means a person has to look: the LLM's answer could not be used. */
export const WORK_STATES = ["queued", "running", "waiting", "done", "cancelled"] as const;
export type WorkState = (typeof WORK_STATES)[number];

export const PROPOSAL_OUTCOMES = ["new", "duplicate", "invalid", "overruled"] as const;
export type ProposalOutcome = (typeof PROPOSAL_OUTCOMES)[number];

export const DUPLICATE_STEPS = ["exact", "lexical", "embedding"] as const;
export type DuplicateStep = (typeof DUPLICATE_STEPS)[number];

export const EXCHANGE_PURPOSES = ["expand_pattern", "write_prompts"] as const;
export type ExchangePurpose = (typeof EXCHANGE_PURPOSES)[number];

export const EXCHANGE_OUTCOMES = [
  "pending",
  "parsed",
  "unparsable",
  "invalid",
  "refused",
  "truncated",
  "failed",
] as const;
export type ExchangeOutcome = (typeof EXCHANGE_OUTCOMES)[number];

export const PROMPT_KINDS = ["scene", "plain", "concept", "free"] as const;
export type PromptKind = (typeof PROMPT_KINDS)[number];

export const TEXT_AUTHORS = ["llm", "human"] as const;
export type TextAuthor = (typeof TEXT_AUTHORS)[number];

export const RUN_PURPOSES = ["precheck", "capability", "mining", "repair", "replicate"] as const;
export type RunPurpose = (typeof RUN_PURPOSES)[number];

export const RUN_STATES = ["active", "done", "cancelled"] as const;
export type RunState = (typeof RUN_STATES)[number];

export const RENDER_STATES = ["queued", "leased", "done", "failed", "cancelled"] as const;
export type RenderState = (typeof RENDER_STATES)[number];

export const ATTEMPT_OUTCOMES = ["done", "failed", "expired", "cancelled"] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

export const GRID_STATES = ["open", "closed"] as const;
export type GridState = (typeof GRID_STATES)[number];

export const SITTING_STATES = ["live", "submitted", "given_back", "cannot_judge"] as const;
export type SittingState = (typeof SITTING_STATES)[number];

export const RATING_MODES = ["full", "screen"] as const;
export type RatingMode = (typeof RATING_MODES)[number];

export const VERDICTS = ["correct", "incorrect", "broken"] as const;
export type Verdict = (typeof VERDICTS)[number];

export const VERDICT_METHODS = ["direct", "bulk", "undo"] as const;
export type VerdictMethod = (typeof VERDICT_METHODS)[number];

export const LEVEL_SOURCES = [
  "rater",
  "consensus",
  "adjudicated",
  "automatic",
  "simulated",
] as const;
export type LevelSource = (typeof LEVEL_SOURCES)[number];

export const EXPORT_STATES = ["queued", "running", "done", "failed"] as const;
export type ExportState = (typeof EXPORT_STATES)[number];
