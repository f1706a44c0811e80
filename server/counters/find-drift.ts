import { sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { COUNTERS } from "./counters";

export type Drift = { counter: string; projectId: string; figures: number };

/** Every counter compared with a recount, each in one statement: it sees rows and counter at one moment. */
export async function findDrift(db: DbOrTx): Promise<Drift[]> {
  const found: Drift[] = [];
  for (const { name, drift } of COUNTERS) {
    const rows = await db.execute<{ project_id: string; figures: number }>(
      sql`select project_id, count(*)::int as figures from (${drift}) differs group by project_id`,
    );
    for (const { project_id: projectId, figures } of rows)
      found.push({ counter: name, projectId, figures });
  }
  return found;
}
