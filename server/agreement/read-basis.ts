import { sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";

/**
 * What figures of agreement depend on, told cheaply from counters and an index: how much was submitted, when the
 * last of it was, and which pattern the graded pairs belong to. Equal words, equal figures.
 */
export async function readBasis(db: DbOrTx, projectId: string): Promise<string> {
  const [row] = await db.execute<{ basis: string }>(sql`
    select concat_ws(' ',
      (select coalesce(sum(n), 0) from rating_count where project_id = ${projectId} and field = 'done'),
      (select extract(epoch from max(submitted_at)) from sitting where project_id = ${projectId} and state = 'submitted'),
      (select md5(string_agg(concat(pattern_id, n), ' ' order by pattern_id))
        from (select pattern_id, sum(pairs) as n from level_count where project_id = ${projectId} group by 1) graded)
    ) as basis`);
  return row?.basis ?? "";
}
