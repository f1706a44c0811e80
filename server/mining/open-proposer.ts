import type { DbOrTx } from "@/db/client";
import type { LlmClient } from "@/server/llm/client";
import { openaiClient } from "@/server/llm/openai-client";
import { readLlm } from "@/server/llm/read-llm";
import { offlineProposer } from "./offline-proposer";

/** The LLM that is set up, or the offline proposer when none is. */
export async function openProposer(db: DbOrTx, model?: string): Promise<LlmClient> {
  const llm = await readLlm(db);
  return llm ? openaiClient({ ...llm.server, model: model ?? llm.server.model }) : offlineProposer;
}
