import type { LlmMessage } from "./domain/message";

export type LlmQuestion = {
  messages: readonly LlmMessage[];
  parameters: Readonly<Record<string, unknown>>;
  /** The same question as structured data, for an answerer that reads no prose. */
  task: { purpose: string; input: unknown };
  signal: AbortSignal;
};

export type LlmAnswer = {
  ok: true;
  text: string;
  isRefusal: boolean;
  finishReason: string | null;
  tokensIn: number | null;
  tokensOut: number | null;
  latencyMs: number;
};

/** `busy` and `down` may pass; `rejected` will not until a person changes something. */
export type LlmFailure = {
  ok: false;
  kind: "busy" | "down" | "rejected";
  reason: string;
  retryAfterMs: number | null;
  /** The server had the question and was given up on: what it may have counted for it will never be known. */
  mayHaveCost: boolean;
  latencyMs: number;
};

/** Who answers: a server that speaks chat-completions, or the offline proposer. */
export type LlmClient = {
  model: string;
  isOffline: boolean;
  /** Where an answer ends at the latest. */
  maxTokens: number;
  ask: (question: LlmQuestion) => Promise<LlmAnswer | LlmFailure>;
};
