import { sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { wilsonInterval } from "./domain/level";

/** Each rater's grids in turn are told in blocks of so many: gold comes about once in each. */
const BLOCK = 20;

/** Gold that came as a rater's `from`th to `to`th grid; `share` of its images were judged as meant, with its interval at image level. */
export type GoldTurn = {
  from: number;
  to: number;
  raters: number;
  grids: number;
  images: number;
  right: number;
  share: number;
  low: number;
  high: number;
};

type Row = { block: number; raters: number; grids: number; images: number; right: number };

/** Whether attention wears off with the grids that a rater has done. */
export async function goldByTurn(db: DbOrTx, projectId: string): Promise<GoldTurn[]> {
  const rows = await db.execute<Row>(sql`
    with turn as (
      select id, rater_id, grid_id, kind, (row_number() over (partition by rater_id order by submitted_at, id) - 1)::int / ${BLOCK}::int as block
      from sitting where project_id = ${projectId} and state = 'submitted')
    select turn.block, count(distinct turn.rater_id)::int as raters, count(distinct turn.id)::int as grids, count(*)::int as images,
      (count(*) filter (where v.verdict = g.verdict))::int as right
    from turn
      join gold_verdict g on g.grid_id = turn.grid_id
      join verdict v on v.sitting_id = turn.id and v.image_id = g.image_id and v.verdict in ('correct', 'incorrect')
    where turn.kind = 'gold' group by turn.block order by turn.block`);
  return rows.map(({ block, ...counts }) => ({
    from: block * BLOCK + 1,
    to: (block + 1) * BLOCK,
    ...counts,
    share: counts.right / counts.images,
    ...wilsonInterval(counts.right, counts.images),
  }));
}
