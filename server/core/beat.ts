import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { heartbeats } from "@/db/schema";

/** Says that a process lives, by the database's clock. Rows of processes gone for a day are removed. */
export async function beat(db: Db, process: string, kind: "worker"): Promise<void> {
  await db
    .insert(heartbeats)
    .values({ process, kind })
    .onConflictDoUpdate({ target: heartbeats.process, set: { seenAt: sql`now()` } });
  await db.delete(heartbeats).where(sql`${heartbeats.seenAt} < now() - interval '1 day'`);
}

/** The process leaves on purpose: health must not wait for its row to grow old. */
export async function stopBeating(db: Db, process: string): Promise<void> {
  await db.delete(heartbeats).where(sql`${heartbeats.process} = ${process}`);
}
