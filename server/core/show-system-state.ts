import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { endpoints, heartbeats } from "@/db/schema";
import { readLlm } from "@/server/llm/read-llm";

const WORKER_SILENT_AFTER = "30 seconds";
const ENDPOINT_SILENT_AFTER = "60 seconds";
const SKETCH = "sketch";

/** `llm` false: the offline proposer answers. */
export type SystemState = { worker: boolean; sketch: boolean; llm: boolean };

/** What is ready to work, for the foot of the home page. That it answers at all means the database is up. */
export async function showSystemState({ db }: { db: Db }): Promise<SystemState> {
  const [[worker], [sketch], llm] = await Promise.all([
    db
      .select({
        isFresh: sql<boolean>`max(${heartbeats.seenAt}) > now() - ${WORKER_SILENT_AFTER}::interval`,
      })
      .from(heartbeats)
      .where(eq(heartbeats.kind, "worker")),
    db
      .select({
        isFresh: sql<boolean>`max(${endpoints.lastSeenAt}) > now() - ${ENDPOINT_SILENT_AFTER}::interval`,
      })
      .from(endpoints)
      .where(eq(endpoints.name, SKETCH)),
    readLlm(db),
  ]);
  return {
    worker: worker?.isFresh ?? false,
    sketch: sketch?.isFresh ?? false,
    llm: llm !== null,
  };
}
