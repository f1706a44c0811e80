import { type SQLWrapper, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";

/** How many rows a query has, counting no further than `most`: a screen's price must not grow with what waits. */
export async function countUpTo(db: DbOrTx, most: number, rows: SQLWrapper): Promise<number> {
  const [found] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from (${rows} limit ${most}) counted`,
  );
  return found?.n ?? 0;
}
