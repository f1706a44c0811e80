import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "@/db/client";

export const LIVE_CHANNEL = "teacup_live";

const LIVE_TOPICS = [
  "pattern",
  "pair",
  "batch",
  "render",
  "run",
  "grid",
  "look",
  "export",
  "import",
  "loop",
  "inquiry",
  "round",
  "guidelines",
  "agreement",
  "score",
  "metrics",
] as const;

/** What changed, as ids only: a reader asks for the row under its own rights. */
export const LiveEvent = z.object({
  projectId: z.uuid(),
  topic: z.enum(LIVE_TOPICS),
  id: z.string(),
});
export type LiveEvent = z.infer<typeof LiveEvent>;

/** The same as parameters, for a statement that tells it itself. */
export const noticeOf = (event: LiveEvent) => ({
  channel: LIVE_CHANNEL,
  event: JSON.stringify(event),
});

/** Call inside the transaction that changes the fact: listeners hear of it when it commits. */
export async function notifyLive(tx: DbOrTx, event: LiveEvent): Promise<void> {
  const { channel, event: told } = noticeOf(event);
  await tx.execute(sql`select pg_notify(${channel}, ${told})`);
}
