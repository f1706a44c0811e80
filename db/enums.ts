// The closed vocabularies of the product, used by tables, schemas and screens alike.
export const PROJECT_ROLES = ["owner", "researcher", "expert"] as const;
export type ProjectRole = (typeof PROJECT_ROLES)[number];

export const PATTERN_CATEGORIES = ["lcmis", "traditional"] as const;
export type PatternCategory = (typeof PATTERN_CATEGORIES)[number];

/** `merged` stands in another pattern's name; `rejected` was proposed and turned down. */
export const PATTERN_STATES = ["proposed", "approved", "retired", "rejected", "merged"] as const;
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

export const EXCHANGE_PURPOSES = [
  "expand_pattern",
  "write_prompts",
  "name_patterns",
  "guess_latent",
  "drawing_order",
  "describe_concepts",
  "find_phrases",
  "reword_prompts",
  "propose_patterns",
  "concept_sets",
  "merge_patterns",
] as const;
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

/** `offered`: the machine shows why this phase would pay; only a person opens it. */
export const PHASE_STATES = ["closed", "offered", "open", "paused"] as const;
export type PhaseState = (typeof PHASE_STATES)[number];

/** What the loop does by itself in a pattern's auto-mode, unless told to ask. */
export const LOOP_STEPS = ["propose", "prompts", "precheck", "grid"] as const;
export type LoopStep = (typeof LOOP_STEPS)[number];

/** How far an accepted pair has come on its way to a Level. */
export const PAIR_STAGES = [
  "prompts",
  "precheck",
  "quick_look",
  "grid",
  "rating",
  "rated",
] as const;
export type PairStage = (typeof PAIR_STAGES)[number];

/** What a person is waited for. */
export const WAIT_KINDS = [
  ...LOOP_STEPS,
  "review",
  "quick_look",
  "rating",
  "budget",
  "saturation",
] as const;
export type WaitKind = (typeof WAIT_KINDS)[number];

/** `direct`: the LLM names pairs; `two_sets`: it names two sets of concepts, a person picks combinations. */
export const PROPOSAL_STRATEGIES = ["direct", "two_sets"] as const;
export type ProposalStrategy = (typeof PROPOSAL_STRATEGIES)[number];

export const BUDGET_KINDS = ["tokens", "renders", "rater_ms"] as const;
export type BudgetKind = (typeof BUDGET_KINDS)[number];

export const QUICK_LOOK_KINDS = ["precheck", "capability"] as const;
export type QuickLookKind = (typeof QUICK_LOOK_KINDS)[number];

export const QUICK_LOOK_STATES = ["drawing", "ready", "judged", "failed", "cancelled"] as const;
export type QuickLookState = (typeof QUICK_LOOK_STATES)[number];

export const JUDGES = ["human", "simulated"] as const;
export type Judge = (typeof JUDGES)[number];

export const EXEMPLAR_MODES = ["pinned", "banned"] as const;
export type ExemplarMode = (typeof EXEMPLAR_MODES)[number];

export const METHOD_INPUT_KINDS = ["moce_order", "descriptions", "phrases", "rewording"] as const;
export type MethodInputKind = (typeof METHOD_INPUT_KINDS)[number];

/** `default` is no row's: it holds where nobody has said anything, and methods are told the pair as it stands. */
export const METHOD_INPUT_SOURCES = ["llm", "human", "default"] as const;
export type MethodInputSource = (typeof METHOD_INPUT_SOURCES)[number];

export const RUN_PURPOSES = ["precheck", "capability", "mining", "repair", "replicate"] as const;
export type RunPurpose = (typeof RUN_PURPOSES)[number];

export const RUN_STATES = ["active", "done", "cancelled"] as const;
export type RunState = (typeof RUN_STATES)[number];

export const RENDER_STATES = ["queued", "leased", "done", "failed", "cancelled"] as const;
export type RenderState = (typeof RENDER_STATES)[number];

export const ATTEMPT_OUTCOMES = ["done", "failed", "expired", "cancelled"] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** What a scored text is to its image. */
export const SCORE_NAMES = ["prompt", "concept_a", "concept_b"] as const;
export type ScoreName = (typeof SCORE_NAMES)[number];

/** busy: the other side is full; permanent: asking again gives the same answer. */
export const FAILURE_KINDS = ["busy", "retryable", "permanent"] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/**
 * `filtered`: a safety checker or the like took images of an answer that was good otherwise, which says nothing about the model.
 * `outdated`: the endpoint draws by other weights or another method by now, so that only a new revision helps.
 */
export const ATTEMPT_FAILURES = [...FAILURE_KINDS, "filtered", "outdated"] as const;
export type AttemptFailure = (typeof ATTEMPT_FAILURES)[number];

export const GRID_STATES = ["open", "closed"] as const;
export type GridState = (typeof GRID_STATES)[number];

export const SITTING_STATES = ["live", "submitted", "given_back", "cannot_judge"] as const;
export type SittingState = (typeof SITTING_STATES)[number];

/** Why a grid has a seat: planned for it, one more look where a vote may change the Level, or the blind second look. */
export const SEAT_KINDS = ["plan", "boundary", "audit"] as const;
export type SeatKind = (typeof SEAT_KINDS)[number];

/** Only a `seat` counts towards the Level; the others measure the rater and hold no seat. */
export const SITTING_KINDS = ["seat", "repeat", "gold", "training"] as const;
export type SittingKind = (typeof SITTING_KINDS)[number];

/** Prompt by prompt in columns, or in an order drawn for the sitting. */
export const GRID_LAYOUTS = ["columns", "random"] as const;
export type GridLayout = (typeof GRID_LAYOUTS)[number];

/** Which keys stand for the 20 images: the left-hand block, or the digits. */
export const KEY_LAYOUTS = ["block", "digits"] as const;
export type KeyLayout = (typeof KEY_LAYOUTS)[number];

/** Gold is silent; training tells the rater after the grid how it was meant. */
export const GOLD_USES = ["gold", "training"] as const;
export type GoldUse = (typeof GOLD_USES)[number];

export const ADJUDICATION_REASONS = [
  "slip",
  "misread_prompt",
  "unclear_concept",
  "unclear_image",
  "guideline_gap",
  "other",
] as const;
export type AdjudicationReason = (typeof ADJUDICATION_REASONS)[number];

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

/** `uploaded`: its file lies here and may be looked at; nothing is in the project before `done`. */
export const IMPORT_STATES = [
  "uploaded",
  "queued",
  "running",
  "done",
  "failed",
  "cancelled",
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
