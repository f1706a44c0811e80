import { setTimeout } from "node:timers/promises";
import type { JobContext } from "@/server/jobs/handle";
import { openProposer } from "./open-proposer";
import type { ConverseContext } from "./send-exchange";

/** A job's context with the proposer in use; `wait` is the clock's, tests bring their own. */
export type MiningJobContext = JobContext & Partial<Pick<ConverseContext, "wait">>;

/** `model`: another one of the same server; the offline proposer has only itself. */
export async function converseContext(
  ctx: MiningJobContext,
  model?: string,
): Promise<ConverseContext> {
  const llm = await openProposer(ctx.db, model);
  const wait = ctx.wait ?? ((ms, signal) => setTimeout(ms, undefined, { signal }));
  return { db: ctx.db, signal: ctx.signal, llm, wait };
}
