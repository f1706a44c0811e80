import OpenAI from "openai";
import type { LlmAnswer, LlmClient, LlmFailure, LlmQuestion } from "./client";
import { describeFailure, down, type Untimed } from "./describe-failure";
import { openaiOptions, type Reached } from "./openai-options";

export type LlmServer = Reached & { model: string; maxTokens: number };

/** Any server that speaks chat-completions: vLLM, llama.cpp, Ollama, hosted ones. */
export function openaiClient(server: LlmServer): LlmClient {
  const client = new OpenAI(openaiOptions(server));
  return {
    model: server.model,
    isOffline: false,
    maxTokens: server.maxTokens,
    ask: (question) => send(client, server, question),
  };
}

async function send(
  client: OpenAI,
  server: LlmServer,
  { messages, parameters, signal }: LlmQuestion,
): Promise<LlmAnswer | LlmFailure> {
  const start = performance.now();
  // The package's own timeout ends with the headers; a body that stalls needs one too.
  const deadline = AbortSignal.timeout(server.deadlineSeconds * 1000);
  const elapsed = () => Math.round(performance.now() - start);
  try {
    const completion = await client.chat.completions.create(
      { ...parameters, model: server.model, messages: [...messages], stream: false },
      { signal: AbortSignal.any([signal, deadline]) },
    );
    return { ...readCompletion(completion), latencyMs: elapsed() };
  } catch (error) {
    signal.throwIfAborted();
    const failure = describeFailure(error, server, {
      isLate: deadline.aborted,
      form: "a chat-completions answer",
    });
    return { ...failure, latencyMs: elapsed() };
  }
}

function readCompletion(
  completion: OpenAI.Chat.Completions.ChatCompletion,
): Untimed<LlmAnswer> | Untimed<LlmFailure> {
  const choice = completion.choices?.[0];
  if (!choice?.message)
    return down(
      "It answered, but not in the chat-completions form. Check the base URL.",
      "rejected",
    );
  return {
    ok: true,
    text: choice.message.content ?? choice.message.refusal ?? "",
    isRefusal: Boolean(choice.message.refusal) || choice.finish_reason === "content_filter",
    finishReason: choice.finish_reason ?? null,
    tokensIn: completion.usage?.prompt_tokens ?? null,
    tokensOut: completion.usage?.completion_tokens ?? null,
  };
}
