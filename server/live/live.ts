import { sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";

export const LIVE_CHANNEL = "teacup_live";

/** What changed, as ids only: a reader asks for the row under its own rights. */
export type LiveEvent = {
  projectId: string;
  topic: "pair" | "batch" | "render" | "run" | "grid" | "export" | "loop" | "inquiry";
  id: string;
};

/** Call inside the transaction that changes the fact: listeners hear of it when it commits. */
export async function notifyLive(tx: DbOrTx, event: LiveEvent): Promise<void> {
  await tx.execute(sql`select pg_notify(${LIVE_CHANNEL}, ${JSON.stringify(event)})`);
}
