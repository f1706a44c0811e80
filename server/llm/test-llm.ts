import type { Db } from "@/db/client";
import { openaiClient } from "./openai-client";
import { readLlm } from "./read-llm";

export type LlmTest = { ok: boolean; message: string; latencyMs: number };

/** One tiny question to the LLM in use, for the admin's Test button. */
export async function testLlm({ db }: { db: Db }): Promise<LlmTest> {
  const llm = await readLlm(db);
  if (!llm) return { ok: true, message: "The offline proposer needs no connection.", latencyMs: 0 };
  const answer = await openaiClient({ ...llm.server, deadlineSeconds: 30 }).ask({
    messages: [{ role: "user", content: "Answer with the single word: ready" }],
    parameters: {},
    task: { purpose: "test", input: null },
    signal: new AbortController().signal,
  });
  if (!answer.ok) return { ok: false, message: answer.reason, latencyMs: answer.latencyMs };
  const said = answer.text.trim().slice(0, 200) || "nothing";
  return {
    ok: true,
    message: `${llm.server.model} answered: ${said}`,
    latencyMs: answer.latencyMs,
  };
}
