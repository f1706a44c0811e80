import { afterAll } from "vitest";
import { type FakeLlm, startFakeLlm } from "./fake-llm";
import { setUpLlm } from "./mining-job";
import { testDatabase } from "./test-database";

type LlmDatabase = Awaited<ReturnType<typeof testDatabase>> & { llm: FakeLlm };

/** A test file's own database whose LLM is a server that answers as it is told; both end with the file. */
export async function llmDatabase(): Promise<LlmDatabase> {
  const database = await testDatabase();
  const llm = await startFakeLlm();
  afterAll(() => llm.close());
  await setUpLlm(database.db, llm.baseUrl);
  return { ...database, llm };
}
