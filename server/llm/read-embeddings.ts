import type { DbOrTx } from "@/db/client";
import { env } from "@/server/core/env";
import type { EmbeddingsServer } from "./openai-embedder";
import { EMBEDDINGS_DEADLINE_SECONDS, StoredEmbeddings } from "./schemas";
import { unseal } from "./seal";
import { readSetting } from "./stored-setting";

export const EMBEDDINGS_SETTING = "embeddings";

export async function readStoredEmbeddings(db: DbOrTx): Promise<StoredEmbeddings | null> {
  const value = await readSetting(db, EMBEDDINGS_SETTING);
  return value === null ? null : StoredEmbeddings.parse(value);
}

/** The endpoint an admin set, else the environment's, else null: then the built-in embedder answers. */
export async function readEmbeddings(
  db: DbOrTx,
): Promise<{ source: "settings" | "environment"; server: EmbeddingsServer } | null> {
  const stored = await readStoredEmbeddings(db);
  if (stored) {
    const { sealedKey, ...rest } = stored;
    const apiKey = sealedKey ? unseal(sealedKey, env().AUTH_SECRET) : null;
    return { source: "settings", server: { ...rest, apiKey } };
  }
  const { EMBEDDINGS_BASE_URL, EMBEDDINGS_API_KEY, EMBEDDINGS_MODEL } = env();
  if (!EMBEDDINGS_BASE_URL || !EMBEDDINGS_MODEL) return null;
  const server = {
    baseUrl: EMBEDDINGS_BASE_URL,
    model: EMBEDDINGS_MODEL,
    apiKey: EMBEDDINGS_API_KEY ?? null,
    deadlineSeconds: EMBEDDINGS_DEADLINE_SECONDS,
  };
  return { source: "environment", server };
}
