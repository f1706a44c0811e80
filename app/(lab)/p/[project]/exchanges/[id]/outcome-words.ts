import type { StateKind } from "@/app/_ui/state-label";
import type { ExchangeOutcome } from "@/db/enums";

export const OUTCOME_WORDS = {
  pending: { kind: "rendering", word: "Being answered" },
  parsed: { kind: "done", word: "Used" },
  unparsable: { kind: "failed", word: "Not JSON" },
  invalid: { kind: "failed", word: "Broke a rule" },
  refused: { kind: "failed", word: "Refused" },
  truncated: { kind: "failed", word: "Cut off" },
  failed: { kind: "failed", word: "No answer" },
} as const satisfies Record<ExchangeOutcome, { kind: StateKind; word: string }>;
