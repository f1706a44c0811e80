import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { judgeTasks, renders } from "@/db/schema";

/** Most requests of a bridge come while nothing waits for an endpoint: one statement says so. */
export async function isAnyOpen(
  db: Db,
  asked: typeof renders | typeof judgeTasks,
  endpoint: string,
): Promise<boolean> {
  const isOpen = sql`${asked.state} in ('queued', 'leased')`;
  const [open] = await db
    .select({ id: asked.id })
    .from(asked)
    .where(and(eq(asked.endpointName, endpoint), isOpen))
    .limit(1);
  return open !== undefined;
}
