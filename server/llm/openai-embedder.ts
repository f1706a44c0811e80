import OpenAI from "openai";
import type { LlmFailure } from "./client";
import { describeFailure, down } from "./describe-failure";
import type { Embedded, Embedder } from "./embedder";
import { openaiOptions, type Reached } from "./openai-options";

export type EmbeddingsServer = Reached & { model: string };

const MOST_NUMBERS = 16_384;

/** Any server that speaks the embeddings protocol: vLLM, llama.cpp, Ollama, hosted ones. */
export function openaiEmbedder(server: EmbeddingsServer): Embedder {
  const client = new OpenAI(openaiOptions(server));
  return {
    id: `${server.model} at ${new URL(server.baseUrl).host}`,
    isBuiltIn: false,
    embed: (texts, signal) => send(client, server, texts, signal),
  };
}

async function send(
  client: OpenAI,
  server: EmbeddingsServer,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Embedded | LlmFailure> {
  const start = performance.now();
  // The package's own timeout ends with the headers; a body that stalls needs one too.
  const deadline = AbortSignal.timeout(server.deadlineSeconds * 1000);
  const elapsed = () => Math.round(performance.now() - start);
  try {
    const answer = await client.embeddings.create(
      { model: server.model, input: [...texts], encoding_format: "float" },
      { signal: AbortSignal.any([signal, deadline]) },
    );
    const vectors = readVectors(answer.data, texts.length);
    if (vectors) return { ok: true, vectors };
    return { ...down(NOT_VECTORS, "rejected"), latencyMs: elapsed() };
  } catch (error) {
    signal.throwIfAborted();
    const circumstances = { isLate: deadline.aborted, form: "an embeddings answer" };
    return { ...describeFailure(error, server, circumstances), latencyMs: elapsed() };
  }
}

const NOT_VECTORS =
  "It answered, but not with one vector of numbers a text. Check the base URL and the model.";

/** One vector a text, all of one size, none without direction; null when the answer is anything else. */
function readVectors(data: unknown, expected: number): Float32Array[] | null {
  if (!Array.isArray(data) || data.length !== expected) return null;
  const vectors: Float32Array[] = [];
  for (const entry of data as { index?: unknown; embedding?: unknown }[]) {
    const vector = readVector(entry?.embedding);
    const index = entry?.index ?? vectors.length;
    if (!vector || typeof index !== "number" || vectors[index]) return null;
    vectors[index] = vector;
  }
  const size = vectors[0]?.length;
  const isWhole = Array.from(vectors).every((vector) => vector?.length === size);
  return isWhole && vectors.length === expected ? vectors : null;
}

function readVector(value: unknown): Float32Array | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_NUMBERS) return null;
  if (!value.every((number) => Number.isFinite(number))) return null;
  const length = Math.hypot(...(value as number[]));
  return length > 0 ? Float32Array.from(value as number[], (number) => number / length) : null;
}
