import type { Db } from "@/db/client";
import { readEmbeddings } from "@/server/llm/read-embeddings";
import { type MeaningLimits, startLimits } from "./domain/meaning/limits";
import { meaningOf, openEmbedder } from "./open-embedder";

export type EmbedderInUse = { id: string; limits: MeaningLimits; start: MeaningLimits } & (
  | { source: "built-in" }
  | {
      source: "settings" | "environment";
      baseUrl: string;
      model: string;
      hasKey: boolean;
      deadlineSeconds: number;
    }
);

/** What compares by meaning now, for an admin; the key itself is never part of it. */
export async function showEmbedder({ db }: { db: Db }): Promise<EmbedderInUse> {
  const [embedder, endpoint] = await Promise.all([openEmbedder(db), readEmbeddings(db)]);
  const { embedder: id, limits } = await meaningOf(db, embedder);
  const known = { id, limits, start: startLimits(id) };
  if (!endpoint) return { ...known, source: "built-in" };
  const { apiKey, ...server } = endpoint.server;
  return { ...known, source: endpoint.source, ...server, hasKey: apiKey !== null };
}
