import type { Db } from "@/db/client";
import { readLlm } from "./read-llm";

export type LlmInUse =
  | { source: "offline" }
  | {
      source: "settings" | "environment";
      baseUrl: string;
      model: string;
      hasKey: boolean;
      deadlineSeconds: number;
      maxTokens: number;
    };

/** What answers now, for an admin; the key itself is never part of it. */
export async function showLlm({ db }: { db: Db }): Promise<LlmInUse> {
  const llm = await readLlm(db);
  if (!llm) return { source: "offline" };
  const { apiKey, ...rest } = llm.server;
  return { source: llm.source, ...rest, hasKey: apiKey !== null };
}
