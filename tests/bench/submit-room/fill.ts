import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { recount } from "@/server/counters/recount";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";

export const RATERS = 16;

/** A grid all of whose verdicts are there: only the submission is missing. */
export type Ready = { sittingId: string; gridId: string; accountId: string };

/** So many grids of pairs of their own, each with one rater who has judged all of it and not sent it off. */
export async function fillProject(db: Db, count: number) {
  const { id: projectId, slug } = await makeProject(db);
  const { gridId } = await makeGrid(db, { projectId });
  const raters: string[] = [];
  for (let nth = 0; nth < RATERS; nth += 1) {
    const { viewer } = await makeMember(db, { projectId, role: "expert" });
    raters.push(viewer.accountId);
  }
  await db.transaction(async (tx) => {
    // Counters and foreign keys have nothing to say here, and would take minutes.
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`create temp table copy on commit drop as
      select uuidv7() as pair_id, uuidv7() as set_id, uuidv7() as grid_id, uuidv7() as sitting_id, n,
        (${sql.param(raters)}::uuid[])[1 + n % ${RATERS}] as rater_id
      from generate_series(1, ${count}::int) n`);
    await fillGrids(tx, gridId);
    await fillSittings(tx, projectId, gridId);
  });
  await recount(db);
  await db.execute(sql`vacuum analyze`);
  const ready =
    await db.execute<Ready>(sql`select id as "sittingId", grid_id as "gridId", rater_id as "accountId"
    from sitting where project_id = ${projectId} order by id`);
  return { projectId, slug, raters, ready };
}

async function fillGrids(tx: Tx, gridId: string) {
  await tx.execute(sql`insert into pair (id, project_id, pattern_id, concept_a, concept_b, key, phase, origin, state, stage)
    select c.pair_id, p.project_id, p.pattern_id, p.concept_a, p.concept_b, c.pair_id::text, p.phase, p.origin, p.state, p.stage
    from grid g join pair p on p.id = g.pair_id cross join copy c where g.id = ${gridId}`);
  await tx.execute(sql`insert into prompt_set (id, project_id, pair_id, number)
    select c.set_id, g.project_id, c.pair_id, 1 from grid g cross join copy c where g.id = ${gridId}`);
  await tx.execute(sql`insert into prompt_set_prompt (prompt_set_id, position, prompt_id)
    select c.set_id, s.position, s.prompt_id from grid g join prompt_set_prompt s on s.prompt_set_id = g.prompt_set_id cross join copy c
    where g.id = ${gridId}`);
  await tx.execute(sql`insert into grid (id, project_id, pair_id, generator_revision_id, prompt_set_id, seed_set_id, purpose, seats_open, seats_free)
    select c.grid_id, g.project_id, c.pair_id, g.generator_revision_id, c.set_id, g.seed_set_id, g.purpose, 1, 1
    from grid g cross join copy c where g.id = ${gridId}`);
  await tx.execute(sql`insert into grid_image (grid_id, position, image_id)
    select c.grid_id, i.position, i.image_id from copy c cross join grid_image i where i.grid_id = ${gridId} order by c.n, i.position`);
}

/** A third of the images is right in each: Level 3, and no second look. */
async function fillSittings(tx: Tx, projectId: string, gridId: string) {
  await tx.execute(sql`insert into sitting (id, project_id, grid_id, rater_id, version)
    select sitting_id, ${projectId}, grid_id, rater_id, 20 from copy`);
  await tx.execute(sql`insert into seat (id, project_id, grid_id, number, sitting_id, leased_until)
    select uuidv7(), ${projectId}, grid_id, 1, sitting_id, now() + interval '1 day' from copy`);
  await tx.execute(sql`insert into budget_entry (id, project_id, kind, subject, reserved)
    select uuidv7(), ${projectId}, 'rater_ms', sitting_id::text, 60000 from copy`);
  await tx.execute(sql`update budget set reserved = reserved + (select 60000 * count(*) from copy)
    where project_id = ${projectId} and kind = 'rater_ms'`);
  await tx.execute(sql`create temp table given on commit drop as
    select uuidv7() as id, c.sitting_id, c.grid_id, i.image_id, i.position as place,
      (case when i.position % 3 = 0 then 'correct' else 'incorrect' end)::verdict_value as verdict
    from copy c cross join grid_image i where i.grid_id = ${gridId} order by c.n, i.position`);
  await tx.execute(sql`insert into verdict_event (id, sitting_id, grid_id, image_id, verdict, method, client_key, client_seq, client_at)
    select id, sitting_id, grid_id, image_id, verdict, 'direct', gen_random_uuid(), place, now() from given`);
  await tx.execute(sql`insert into verdict (sitting_id, image_id, verdict, event_id, client_seq)
    select sitting_id, image_id, verdict, id, place from given`);
}
