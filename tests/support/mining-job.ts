import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { settings } from "@/db/schema";
import type { MiningJobContext } from "@/server/mining/mining-job-context";

/** A job's context whose clock does not tick: waits are recorded instead of slept through. */
export function miningJob(db: Db): MiningJobContext & { waits: number[] } {
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
  };
  return { db, signal: new AbortController().signal, wait, waits };
}

/** Sets up an LLM as an admin would, with a deadline that a test can sit through. */
export async function setUpLlm(db: Db, baseUrl: string, deadlineSeconds = 30): Promise<void> {
  const value = { baseUrl, model: "scripted", sealedKey: null, deadlineSeconds };
  await db
    .insert(settings)
    .values({ name: "llm", value })
    .onConflictDoUpdate({ target: settings.name, set: { value } });
}

/** The offline proposer answers again. */
export async function clearLlm(db: Db): Promise<void> {
  await db.delete(settings).where(eq(settings.name, "llm"));
}
