import { z } from "zod";
import type { DbOrTx } from "@/db/client";
import type { Embedder } from "@/server/llm/embedder";
import { openaiEmbedder } from "@/server/llm/openai-embedder";
import { readEmbeddings } from "@/server/llm/read-embeddings";
import { readSetting } from "@/server/llm/stored-setting";
import { builtInVector } from "./domain/meaning/built-in-vector";
import { BUILT_IN_EMBEDDER, MeaningLimits, startLimits } from "./domain/meaning/limits";

export const LIMITS_SETTING = "meaning_limits";

/** By which embedder and from which limits on concepts count as meaning the same. */
export type Meaning = { embedder: string; limits: MeaningLimits };

export const builtInEmbedder: Embedder = {
  id: BUILT_IN_EMBEDDER,
  isBuiltIn: true,
  embed: async (texts) => ({ ok: true, vectors: texts.map(builtInVector) }),
};

/** The endpoint that is set up, or the built-in embedder when none is. */
export async function openEmbedder(db: DbOrTx): Promise<Embedder> {
  const endpoint = await readEmbeddings(db);
  return endpoint ? openaiEmbedder(endpoint.server) : builtInEmbedder;
}

const StoredLimits = z.record(z.string(), MeaningLimits);

/** Every embedder has limits of its own: a cosine of .9 means another thing for each. */
export async function readAllLimits(db: DbOrTx): Promise<Record<string, MeaningLimits>> {
  const value = await readSetting(db, LIMITS_SETTING);
  return value === null ? {} : StoredLimits.parse(value);
}

export async function meaningOf(db: DbOrTx, { id }: Pick<Embedder, "id">): Promise<Meaning> {
  const stored = await readAllLimits(db);
  return { embedder: id, limits: stored[id] ?? startLimits(id) };
}
