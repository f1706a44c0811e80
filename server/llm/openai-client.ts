import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError } from "openai";
import type { LlmAnswer, LlmClient, LlmFailure, LlmQuestion } from "./client";
import { retryAfterMs } from "./retry-after";

export type LlmServer = {
  baseUrl: string;
  apiKey: string | null;
  model: string;
  deadlineSeconds: number;
  maxTokens: number;
};

/** Any server that speaks chat-completions: vLLM, llama.cpp, Ollama, hosted ones. */
export function openaiClient(server: LlmServer): LlmClient {
  const client = new OpenAI({
    baseURL: server.baseUrl,
    // Local servers want no key, and the package wants a string.
    apiKey: server.apiKey ?? "none",
    // Retries are ours: each send is a stored exchange.
    maxRetries: 0,
    timeout: server.deadlineSeconds * 1000,
    // A redirect could carry the key to another host.
    fetchOptions: { redirect: "manual" },
  });
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
    return { ...describeFailure(error, server, deadline.aborted), latencyMs: elapsed() };
  }
}

type Untimed<T> = Omit<T, "latencyMs">;

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

function describeFailure(error: unknown, server: LlmServer, isLate: boolean): Untimed<LlmFailure> {
  const host = new URL(server.baseUrl).host;
  if (isLate || error instanceof APIConnectionTimeoutError)
    return down(`${host} did not answer within ${server.deadlineSeconds} s.`);
  if (error instanceof APIConnectionError) return down(`${host} cannot be reached.`);
  if (error instanceof APIError) return describeStatus(error, host);
  if (error instanceof SyntaxError || error instanceof TypeError)
    return down(`${host} sent something that is not a chat-completions answer.`);
  throw error;
}

function describeStatus(error: APIError, host: string): Untimed<LlmFailure> {
  const status = error.status ?? 0;
  if (status === 429) {
    const wait = retryAfterMs(error.headers?.get("retry-after") ?? null, new Date());
    return { ok: false, kind: "busy", reason: `${host} is busy (429).`, retryAfterMs: wait };
  }
  if (status >= 500 || status === 408 || status === 0)
    return down(`${host} failed with status ${status}.`);
  if (status >= 300 && status < 400)
    return down(`${host} redirects elsewhere. Enter the final address as base URL.`, "rejected");
  if (status === 401 || status === 403)
    return down(
      `${host} refused the key (${status}). An admin can change it in Settings.`,
      "rejected",
    );
  return down(
    `${host} refused the request (${status}): ${error.message.slice(0, 300)}`,
    "rejected",
  );
}

const down = (reason: string, kind: LlmFailure["kind"] = "down"): Untimed<LlmFailure> => ({
  ok: false,
  kind,
  reason,
  retryAfterMs: null,
});
