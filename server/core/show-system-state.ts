import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { endpoints, heartbeats } from "@/db/schema";

const WORKER_SILENT_AFTER = "30 seconds";
const ENDPOINT_SILENT_AFTER = "60 seconds";
const SKETCH = "sketch";

export type SystemState = { worker: boolean; sketch: boolean };

/** What is ready to work, for the foot of the home page. That it answers at all means the database is up. */
export async function showSystemState({ db }: { db: Db }): Promise<SystemState> {
  const [[worker], [sketch]] = await Promise.all([
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
  ]);
  return { worker: worker?.isFresh ?? false, sketch: sketch?.isFresh ?? false };
}
