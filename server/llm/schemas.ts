import { z } from "zod";

export const LLM_DEADLINE_SECONDS = 120;

export const LLM_MAX_TOKENS = 4096;

const server = {
  baseUrl: z
    .url({ protocol: /^https?$/, error: "Enter a full address such as http://localhost:11434/v1" })
    .max(500),
  model: z.string().trim().min(1, "Enter the model's name").max(200),
  /** Left out: the stored key stays. Null: no key. */
  apiKey: z.string().trim().min(1).max(1000).nullish(),
};

export const SetLlm = z.object({
  ...server,
  deadlineSeconds: z.number().int().min(5).max(900).default(LLM_DEADLINE_SECONDS),
  maxTokens: z.number().int().min(256).max(100_000).default(LLM_MAX_TOKENS),
});
export type SetLlm = z.infer<typeof SetLlm>;

export const StoredLlm = z.object({
  baseUrl: z.string(),
  model: z.string(),
  sealedKey: z.string().nullable(),
  deadlineSeconds: z.number(),
  // Settings from before it could be chosen hold none.
  maxTokens: z.number().default(LLM_MAX_TOKENS),
});
export type StoredLlm = z.infer<typeof StoredLlm>;

export const EMBEDDINGS_DEADLINE_SECONDS = 60;

export const SetEmbeddings = z.object({
  ...server,
  deadlineSeconds: z.number().int().min(5).max(900).default(EMBEDDINGS_DEADLINE_SECONDS),
});
export type SetEmbeddings = z.infer<typeof SetEmbeddings>;

export const StoredEmbeddings = z.object({
  baseUrl: z.string(),
  model: z.string(),
  sealedKey: z.string().nullable(),
  deadlineSeconds: z.number(),
});
export type StoredEmbeddings = z.infer<typeof StoredEmbeddings>;
