import type { DbOrTx } from "@/db/client";
import { env } from "@/server/core/env";
import type { LlmServer } from "./openai-client";
import { LLM_DEADLINE_SECONDS, LLM_MAX_TOKENS, StoredLlm } from "./schemas";
import { unseal } from "./seal";
import { readSetting } from "./stored-setting";

export const LLM_SETTING = "llm";

export async function readStoredLlm(db: DbOrTx): Promise<StoredLlm | null> {
  const value = await readSetting(db, LLM_SETTING);
  return value === null ? null : StoredLlm.parse(value);
}

/** The server an admin set, else the environment's, else null: then the offline proposer answers. */
export async function readLlm(
  db: DbOrTx,
): Promise<{ source: "settings" | "environment"; server: LlmServer } | null> {
  const stored = await readStoredLlm(db);
  if (stored) {
    const { baseUrl, model, deadlineSeconds, maxTokens, sealedKey } = stored;
    const apiKey = sealedKey ? unseal(sealedKey, env().AUTH_SECRET) : null;
    return { source: "settings", server: { baseUrl, model, deadlineSeconds, maxTokens, apiKey } };
  }
  const { LLM_BASE_URL, LLM_API_KEY, LLM_MODEL } = env();
  if (!LLM_BASE_URL || !LLM_MODEL) return null;
  const server = {
    baseUrl: LLM_BASE_URL,
    model: LLM_MODEL,
    apiKey: LLM_API_KEY ?? null,
    deadlineSeconds: LLM_DEADLINE_SECONDS,
    maxTokens: LLM_MAX_TOKENS,
  };
  return { source: "environment", server };
}
