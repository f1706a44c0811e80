import { sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { Judge } from "@/db/enums";
import type { JudgedImage } from "./domain/measured-grids";

/**
 * Every image of the full grids that have a Level, with the verdict of the majority. Which of several Levels of a grid counts is the
 * rule of `level_of_record` (drizzle/0011); grids of mining, of comparisons and of replicates are told apart by their ids alone.
 */
export async function readJudgedImages(
  db: DbOrTx,
  projectId: string,
  judge: Judge,
  gridId?: string,
): Promise<JudgedImage[]> {
  const sources = judge === "simulated" ? ["simulated"] : ["rater", "consensus", "adjudicated"];
  const rows = await db.execute<JudgedImage>(sql`
    with counted as (
      select distinct on (grid.id) grid.id, grid.pair_id, grid.generator_revision_id, l.correct
      from grid
        join level l on l.grid_id = grid.id and l.mode = 'full'
        left join seat on seat.sitting_id = l.sitting_id
      where grid.project_id = ${projectId} and l.source::text in ${sources}
        ${gridId ? sql`and grid.id = ${gridId}` : sql``}
        and (l.sitting_id is null or (seat.completed_at is not null and seat.kind = 'plan' and grid.raters = 1))
      order by grid.id, (l.source = 'adjudicated') desc, (l.sitting_id is null) desc, l.created_at desc
    ), votes as (
      select seat.grid_id, verdict.image_id,
        count(*) filter (where verdict.verdict = 'correct') - count(*) filter (where verdict.verdict = 'incorrect') as lead
      from counted
        join seat on seat.grid_id = counted.id and seat.completed_at is not null
        join sitting on sitting.id = seat.sitting_id
        join account on account.id = sitting.rater_id and account.is_simulated = ${judge === "simulated"}
        join verdict on verdict.sitting_id = sitting.id
      group by 1, 2
    )
    select counted.id as "gridId", counted.pair_id as "pairId", pair.pattern_id as "patternId",
      counted.generator_revision_id as "revisionId", counted.correct, grid_image.image_id as "imageId",
      case adjudication.verdict when 'correct' then true when 'incorrect' then false
        else case when votes.lead > 0 then true when votes.lead < 0 then false end end as "isCorrect"
    from counted
      join pair on pair.id = counted.pair_id
      join grid_image on grid_image.grid_id = counted.id
      left join votes on votes.grid_id = counted.id and votes.image_id = grid_image.image_id
      left join adjudication on adjudication.grid_id = counted.id and adjudication.image_id = grid_image.image_id
    order by counted.id, grid_image.position`);
  return [...rows];
}
