import type { StateKind } from "@/app/_ui/state-label";
import type { PairOrigin, PairState, RejectReason } from "@/db/enums";
import type { PairQuestion } from "@/server/mining/domain/inquiry-input";

export const QUESTION_WORDS = {
  guess_latent: "Seen instead",
  drawing_order: "Drawing order",
  describe_concepts: "Descriptions",
  find_phrases: "Phrases in the prompts",
  reword_prompts: "Prompts in other words",
} as const satisfies Record<PairQuestion, string>;

export const STATE_WORDS = {
  proposed: { kind: "waits", word: "To review" },
  accepted: { kind: "done", word: "Accepted" },
  rejected: { kind: "failed", word: "Rejected" },
  set_aside: { kind: "waiting-others", word: "Set aside" },
} as const satisfies Record<PairState, { kind: StateKind; word: string }>;

export const ORIGIN_WORDS = {
  human: "A person",
  llm: "Proposer",
  import: "Import",
} as const satisfies Record<PairOrigin, string>;

export const REASON_WORDS = {
  same_as_twin: "Same as its twin",
  cannot_be_drawn: "Cannot be drawn",
  unclear: "Unclear",
  plainly_fine: "Plainly fine",
  off_pattern: "Off pattern",
  unsafe: "Unsafe",
  other: "Other…",
} as const satisfies Record<RejectReason, string>;
