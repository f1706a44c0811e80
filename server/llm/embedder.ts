import type { LlmFailure } from "./client";

export type Embedded = { ok: true; vectors: Float32Array[] };

/** Who says how near two concepts are in meaning: an embeddings endpoint, or the built-in one. */
export type Embedder = {
  /** Model and version: what two embedders say is never compared. */
  id: string;
  isBuiltIn: boolean;
  /** One vector a text, each of length 1. */
  embed: (texts: readonly string[], signal: AbortSignal) => Promise<Embedded | LlmFailure>;
};
