import type { LlmAnswer, LlmClient, LlmFailure, LlmQuestion } from "@/server/llm/client";
import { lexicon } from "./domain/offline/lexicon";
import { matchFamily } from "./domain/offline/match-family";
import { proposeOffline } from "./domain/offline/propose-offline";
import { writeOffline } from "./domain/offline/write-offline";
import type { PromptSubject } from "./domain/prompt-checks";
import type { ExpandInput } from "./exchanges/expand-pattern";

export const OFFLINE_MODEL = "offline-lexicon";

/** Answers without any LLM, from a lexicon and a grammar. It takes the same road as an LLM. */
export const offlineProposer: LlmClient = {
  model: OFFLINE_MODEL,
  isOffline: true,
  ask: async ({ task }: LlmQuestion) => {
    if (task.purpose === "expand_pattern") return expand(task.input as ExpandInput);
    if (task.purpose === "write_prompts") return write(task.input as PromptSubject);
    return refused("The offline proposer cannot answer this. Set up an LLM in Settings.");
  },
};

function expand({ pattern, exemplars, n, seed }: ExpandInput): LlmAnswer | LlmFailure {
  const family = matchFamily({ ...pattern, exemplars });
  if (!family) return refused(unknownPattern());
  return said({ pairs: proposeOffline(family, n, seed) });
}

const write = ({ a, b }: PromptSubject): LlmAnswer => said({ prompts: writeOffline(a, b) });

function said(answer: unknown): LlmAnswer {
  const text = JSON.stringify(answer, null, 1);
  return {
    ok: true,
    text,
    isRefusal: false,
    finishReason: "stop",
    tokensIn: null,
    tokensOut: null,
    latencyMs: 0,
  };
}

const refused = (reason: string): LlmFailure => ({
  ok: false,
  kind: "rejected",
  reason,
  retryAfterMs: null,
  latencyMs: 0,
});

function unknownPattern(): string {
  const families = lexicon.families.map((family) => family.label).join("; ");
  return `The offline proposer knows only four families (${families}), and this pattern is none of them. Set up an LLM in Settings, or add pairs by hand.`;
}
