import { z } from "zod";

export const LLM_DEADLINE_SECONDS = 120;

export const LLM_MAX_TOKENS = 4096;

const whole = (least: number, most: number, says: string) =>
  z.number(says).int(says).min(least, says).max(most, says);

const deadline = whole(5, 900, "The longest wait is a whole number of seconds from 5 to 900");

const server = {
  baseUrl: z
    .url({ protocol: /^https?$/, error: "Enter a full address such as http://localhost:11434/v1" })
    .max(500, "Keep the address under 500 characters"),
  model: z
    .string()
    .trim()
    .min(1, "Enter the model's name")
    .max(200, "Keep the model's name under 200 characters"),
  /** Left out: the stored key stays. Null: no key. */
  apiKey: z
    .string()
    .trim()
    .min(1, "Enter the key, or leave it empty where none is needed")
    .max(1000, "Keep the key under 1000 characters")
    .nullish(),
};

export const SetLlm = z.object({
  ...server,
  deadlineSeconds: deadline.default(LLM_DEADLINE_SECONDS),
  maxTokens: whole(
    256,
    100_000,
    "The longest answer is a whole number of tokens from 256 to 100,000",
  ).default(LLM_MAX_TOKENS),
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
  deadlineSeconds: deadline.default(EMBEDDINGS_DEADLINE_SECONDS),
});
export type SetEmbeddings = z.infer<typeof SetEmbeddings>;

export const StoredEmbeddings = z.object({
  baseUrl: z.string(),
  model: z.string(),
  sealedKey: z.string().nullable(),
  deadlineSeconds: z.number(),
});
export type StoredEmbeddings = z.infer<typeof StoredEmbeddings>;
