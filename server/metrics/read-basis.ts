import { sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { readBasis as readRatings } from "@/server/agreement/read-basis";

/**
 * What figures of metrics depend on, told cheaply: what was rated, what was decided of it, which tasks of scoring are done (their numbers
 * come with their end and never change), and how each generator was trained.
 */
export async function readBasis(db: DbOrTx, projectId: string): Promise<string> {
  const [ratings, [row]] = await Promise.all([
    readRatings(db, projectId),
    db.execute<{ basis: string }>(sql`
      select concat_ws(' ',
        (select concat(count(*), ' ', extract(epoch from max(created_at))) from level where project_id = ${projectId}),
        (select concat(count(*), ' ', extract(epoch from max(created_at))) from adjudication where project_id = ${projectId}),
        (select concat(count(*), ' ', extract(epoch from max(finished_at))) from judge_task
          where project_id = ${projectId} and state = 'done' and scoring_id is not null),
        (select md5(string_agg(concat(id, training), ' ' order by id)) from generator_revision where project_id = ${projectId})
      ) as basis`),
  ]);
  return `${ratings} | ${row?.basis ?? ""}`;
}
