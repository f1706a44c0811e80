import { setTimeout } from "node:timers/promises";
import type { JobContext } from "@/server/jobs/handle";
import { openProposer } from "./open-proposer";
import type { ConverseContext } from "./send-exchange";

/** A job's context with the proposer in use; `wait` is the clock's, tests bring their own. */
export type MiningJobContext = JobContext & Partial<Pick<ConverseContext, "wait">>;

export async function converseContext(ctx: MiningJobContext): Promise<ConverseContext> {
  const llm = await openProposer(ctx.db);
  const wait = ctx.wait ?? ((ms, signal) => setTimeout(ms, undefined, { signal }));
  return { db: ctx.db, signal: ctx.signal, llm, wait };
}
