import { sql } from "drizzle-orm";
import type { MemberContext } from "@/server/trpc/context";

const MOST = 100;

export type GridWithoutRater = {
  gridId: string;
  pairId: string;
  conceptA: string;
  conceptB: string;
  round: number;
  generator: string;
  revision: number;
  seatsDone: number;
  /** Seats that wait, and nobody of the project could take. */
  seatsFree: number;
};

/**
 * Grids of open rounds with free seats that nobody can take any more: every member has done the grid, could not judge it or knows it
 * as gold. What the member did who has rated least is looked through: nothing, where one has rated nothing yet.
 */
export async function listWithoutRater({
  db,
  member,
}: MemberContext): Promise<{ total: number; rows: GridWithoutRater[] }> {
  const rows = await db.execute<GridWithoutRater & { total: number }>(sql`
    with rater as (
      select a.id from membership m join account a on a.id = m.account_id
        where m.project_id = ${member.projectId} and a.disabled_at is null and not a.is_simulated
    ), laziest as (
      select id from rater order by (select coalesce(sum(n), 0) from rating_count c
        where c.project_id = ${member.projectId} and c.rater_id = rater.id and c.field in ('done', 'cannot_judge')), id limit 1
    )
    select g.id as "gridId", p.id as "pairId", p.concept_a as "conceptA", p.concept_b as "conceptB", g.round,
        generator.name as generator, revision.number as revision, g.seats_done as "seatsDone", g.seats_free as "seatsFree",
        count(*) over ()::int as total
      from grid g join pair p on p.id = g.pair_id
        join rating_round round on round.project_id = g.project_id and round.number = g.round
        join generator_revision revision on revision.id = g.generator_revision_id
        join generator on generator.id = revision.generator_id
      where g.id in (select grid_id from sitting where project_id = ${member.projectId} and rater_id = (select id from laziest))
        and g.project_id = ${member.projectId} and g.state = 'open' and g.seats_free > 0 and round.closed_at is null
        and not exists (select from rater where not exists (select from sitting s where s.grid_id = g.id and s.rater_id = rater.id
          and (s.state in ('submitted', 'cannot_judge') or s.kind <> 'seat')))
      order by g.round, g.priority desc, g.id limit ${MOST}`);
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _, ...row }) => row) };
}
