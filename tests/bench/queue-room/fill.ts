import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import type { MemberContext } from "@/server/trpc/context";
import { openStage } from "@/tests/support/rating-stage";

/** Of four grids three are done by all their raters; the fourth by a third of them, and waits for the others. */
const SEATS = 12;
const DONE_OF_OPEN = 4;
export const RATERS = 20;
const BATCH = 2500;

export type Size = { grids: number; images: number; events: number };
const done = (n: number) => (n % 4 < 3 ? SEATS : DONE_OF_OPEN);
export const sizeOf = (grids: number): Size => ({
  grids,
  images: grids * 20,
  events: Array.from({ length: grids }, (_, n) => done(n + 1) * 20).reduce((sum, n) => sum + n, 0),
});

type Stage = { projectId: string; gridId: string; raterIds: string[] };

/** A project of so many grids with their verdicts, written as rows; the plans are those of a project that grew. */
export async function fillProject(db: Db, grids: number, tell: (filled: number) => void) {
  const opened = await openStage(db, { grids: 1, raters: 3 });
  const raters: MemberContext[] = [];
  for (let nth = 0; nth < RATERS; nth += 1) raters.push(await opened.rater());
  const stage: Stage = {
    projectId: opened.projectId,
    gridId: opened.grids[0]?.gridId ?? "",
    raterIds: raters.map(({ viewer }) => viewer.accountId),
  };
  for (let first = 1; first <= grids; first += BATCH) {
    const last = Math.min(grids, first + BATCH - 1);
    await db.transaction((tx) => fillBatch(tx, stage, first, last, grids));
    tell(last);
  }
  await db.transaction((tx) => count(tx, stage));
  await db.execute(sql`vacuum analyze`);
}

async function fillBatch(tx: Tx, stage: Stage, first: number, last: number, grids: number) {
  // Counters and foreign keys have nothing to say here, and would take hours.
  await tx.execute(sql`set local session_replication_role = replica`);
  await tx.execute(sql`set local synchronous_commit = off`);
  await tx.execute(sql`create temp table made on commit drop as
    select uuidv7() as id, n, case when n % 4 < 3 then ${SEATS}::int else ${DONE_OF_OPEN}::int end as done
    from generate_series(${first}::int, ${last}::int) n`);
  await fillGrids(tx, stage);
  await fillSittings(tx, stage, grids);
  await fillVerdicts(tx);
}

async function fillGrids(tx: Tx, { gridId }: Stage) {
  await tx.execute(sql`
    insert into grid (id, project_id, pair_id, generator_revision_id, prompt_set_id, seed_set_id, protocol_version, purpose, raters, state,
      seats_open, seats_done, seats_free)
    select m.id, g.project_id, g.pair_id, g.generator_revision_id, g.prompt_set_id, g.seed_set_id, m.n + 1, g.purpose, ${SEATS},
      (case when m.done = ${SEATS} then 'closed' else 'open' end)::grid_state, ${SEATS} - m.done, m.done, ${SEATS} - m.done
    from grid g cross join made m where g.id = ${gridId}`);
  await tx.execute(sql`create temp table cell on commit drop as
    select m.id as grid_id, m.n, g.position as place, uuidv7() as image_id, i.project_id, i.render_id, i.position + 4 * m.n as position, i.seed, i.sha256
    from made m cross join (select * from grid_image where grid_id = ${gridId}) g join image i on i.id = g.image_id order by m.n, g.position`);
  await tx.execute(sql`insert into image (id, project_id, render_id, position, seed, sha256)
    select image_id, project_id, render_id, position, seed, sha256 from cell`);
  await tx.execute(
    sql`insert into grid_image (grid_id, position, image_id) select grid_id, place, image_id from cell`,
  );
}

async function fillSittings(tx: Tx, { projectId, raterIds }: Stage, grids: number) {
  await tx.execute(sql`create temp table sat on commit drop as
    select uuidv7() as id, m.id as grid_id, k as number, (${sql.param(raterIds)}::uuid[])[1 + (m.n + k) % ${RATERS}] as rater_id,
      now() - (${grids} - m.n) * interval '1 second' as submitted_at, 45000 + (m.n * 7919 + k * 104729) % 30000 as active_ms
    from made m cross join generate_series(1, ${SEATS}) k where k <= m.done order by m.n, k`);
  await tx.execute(sql`insert into sitting (id, project_id, grid_id, rater_id, state, submitted_at, active_ms, version)
    select id, ${projectId}, grid_id, rater_id, 'submitted', submitted_at, active_ms, 20 from sat`);
  await tx.execute(sql`insert into seat (id, project_id, grid_id, number, sitting_id, completed_at)
    select uuidv7(), ${projectId}, m.id, k, s.id, s.submitted_at
    from made m cross join generate_series(1, ${SEATS}) k left join sat s on s.grid_id = m.id and s.number = k order by m.n, k`);
  await tx.execute(sql`insert into budget_entry (id, project_id, kind, subject, reserved, settled, settled_at)
    select uuidv7(), ${projectId}, 'rater_ms', id::text, 0, active_ms, submitted_at from sat`);
}

async function fillVerdicts(tx: Tx) {
  await tx.execute(sql`create temp table given on commit drop as
    select uuidv7() as id, s.id as sitting_id, s.grid_id, c.image_id, c.place, s.submitted_at,
      (case when (hashtext(s.id::text || c.place) & 3) = 0 then 'correct' else 'incorrect' end)::verdict_value as verdict
    from sat s join cell c on c.grid_id = s.grid_id order by s.id, c.place`);
  await tx.execute(sql`insert into verdict_event (id, sitting_id, grid_id, image_id, verdict, method, client_key, client_seq, client_at)
    select id, sitting_id, grid_id, image_id, verdict, 'direct', gen_random_uuid(), place, submitted_at from given`);
  await tx.execute(sql`insert into verdict (sitting_id, image_id, verdict, event_id, client_seq)
    select sitting_id, image_id, verdict, id, place from given`);
}

async function count(tx: Tx, { projectId, gridId }: Stage) {
  await tx.execute(sql`update grid set state = 'closed' where id = ${gridId}`);
  await tx.execute(sql`delete from rating_count where project_id = ${projectId}`);
  await tx.execute(
    sql`insert into rating_count select * from rating_recount where project_id = ${projectId}`,
  );
  await tx.execute(sql`update budget set settled = (select coalesce(sum(settled), 0) from budget_entry where kind = 'rater_ms')
    where project_id = ${projectId} and kind = 'rater_ms'`);
}
