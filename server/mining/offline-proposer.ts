import type { ExchangePurpose } from "@/db/enums";
import type { LlmAnswer, LlmClient, LlmFailure, LlmQuestion } from "@/server/llm/client";
import { answerOffline } from "./domain/offline/answer-offline";

export const OFFLINE_MODEL = "offline-lexicon";

/** Answers without any LLM, from a lexicon and a grammar. It takes the same road as an LLM. */
export const offlineProposer: LlmClient = {
  model: OFFLINE_MODEL,
  isOffline: true,
  maxTokens: 0,
  ask: async ({ task }: LlmQuestion) => {
    const said = answerOffline(task.purpose as ExchangePurpose, task.input);
    return "refusal" in said ? refused(said.refusal) : answered(said.answer);
  },
};

const answered = (answer: unknown): LlmAnswer => ({
  ok: true,
  text: JSON.stringify(answer, null, 1),
  isRefusal: false,
  finishReason: "stop",
  tokensIn: null,
  tokensOut: null,
  latencyMs: 0,
});

const refused = (reason: string): LlmFailure => ({
  ok: false,
  kind: "rejected",
  reason,
  retryAfterMs: null,
  mayHaveCost: false,
  latencyMs: 0,
});
