import type { Db } from "@/db/client";
import type { LlmTest } from "@/server/llm/test-llm";
import { cosine } from "./domain/meaning/compare-meaning";
import { openEmbedder } from "./open-embedder";

/** Two concepts that mean the same and one that does not, for the admin's Test button. */
export async function testEmbedder({ db }: { db: Db }): Promise<LlmTest> {
  const embedder = await openEmbedder(db);
  const startedAt = performance.now();
  const said = await embedder.embed(
    ["iced coke", "cola with ice", "polar bear"],
    AbortSignal.timeout(30_000),
  );
  if (!said.ok) return { ok: false, message: said.reason, latencyMs: said.latencyMs };
  const [coke, cola, bear] = said.vectors;
  if (!coke || !cola || !bear) throw new Error("An embedder answered with too few vectors");
  const percent = (x: Float32Array) => (cosine(coke, x) ?? 0).toFixed(2);
  const message = `“iced coke” is to “cola with ice” ${percent(cola)}, to “polar bear” ${percent(bear)}`;
  return { ok: true, message, latencyMs: Math.round(performance.now() - startedAt) };
}
