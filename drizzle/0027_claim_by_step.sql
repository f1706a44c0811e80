-- The first grid at or behind a place that this rater may still rate, `passed` left out. One step down the index, whatever the planner makes
-- of the table's statistics: asked for all of them, it may sort every open grid to hand out one.
create function teacup_next_grid(the_project uuid, the_round integer, the_rater uuid, held uuid[], minus integer, done integer, from_grid uuid, passed uuid)
  returns table (id uuid, minus_priority integer, seats_done integer, passed uuid) language sql stable as $$
  select g.id, -g.priority, g.seats_done, g.id from grid g
    where g.project_id = the_project and g.round = the_round and g.state = 'open' and g.seats_free > 0
      and (-g.priority, g.seats_done, g.id) >= (minus, done, from_grid) and g.id is distinct from passed
      and not teacup_is_behind(g.id, the_rater, held)
    order by -g.priority, g.seats_done, g.id limit 1
$$;
--> statement-breakpoint
-- A free seat, locked: one kept for this rater first; then by priority, and among equals where the fewest are done. The lease lives on
-- the locked row itself, and a row that another is just taking is passed over, not waited for. What the rater has done already stands in
-- front more and more; so a search begins where the one before found its first grid, with a look at what has come before that place since, and goes on step by step.
create or replace function teacup_lock_seat(the_project uuid, the_rater uuid, held uuid[]) returns seat language plpgsql as $$
declare
  -- Read before anything else is: what is not seen yet was offered by a transaction from here on.
  seen_from bigint := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  open_round record;
  start claim_marker;
  is_first boolean;
  candidate record;
  found_seat seat;
begin
  for candidate in
    select seat.id from seat join grid g on g.id = seat.grid_id join rating_round r on r.project_id = g.project_id and r.number = g.round
      where seat.rater_id = the_rater and seat.project_id = the_project and seat.completed_at is null and g.state = 'open'
        and r.closed_at is null and not teacup_is_behind(g.id, the_rater, held)
      order by g.priority desc, seat.id
  loop
    select * into found_seat from seat
      where id = candidate.id and rater_id = the_rater and completed_at is null and (leased_until is null or leased_until < now())
      for update skip locked;
    if found then
      return found_seat;
    end if;
  end loop;
  for open_round in select number from rating_round where project_id = the_project and closed_at is null order by number loop
    start := teacup_claim_start(the_project, the_rater, open_round.number);
    is_first := true;
    for candidate in
      select g.* from (
          select id from grid
            where project_id = the_project and round = open_round.number and state = 'open' and seats_free > 0 and offered_by >= start.seen
          union
          select grid_id from sitting where project_id = the_project and rater_id = the_rater and state = 'given_back'
        ) since cross join lateral (
          -- By its key, each of them: joined freely, the planner may look at every open grid.
          select id, -priority as minus_priority, seats_done from grid
            where id = since.id and project_id = the_project and round = open_round.number and state = 'open' and seats_free > 0
              and (-priority, seats_done, id) < (start.minus_priority, start.seats_done, start.grid_id)
              and not teacup_is_behind(id, the_rater, held) limit 1
        ) g
        order by g.minus_priority, g.seats_done, g.id
    loop
      if is_first then
        perform teacup_set_claim_start(the_project, the_rater, open_round.number, candidate.minus_priority, candidate.seats_done, candidate.id, seen_from);
        is_first := false;
      end if;
      found_seat := teacup_lock_free_seat(candidate.id);
      if found_seat.id is not null then
        return found_seat;
      end if;
    end loop;
    select coalesce(start.minus_priority, -2147483647) as minus_priority, coalesce(start.seats_done, 0) as seats_done,
      coalesce(start.grid_id, '00000000-0000-0000-0000-000000000000') as id, null::uuid as passed into candidate;
    loop
      select * into candidate from teacup_next_grid(the_project, open_round.number, the_rater, held, candidate.minus_priority,
        candidate.seats_done, candidate.id, candidate.passed);
      exit when candidate.id is null;
      if is_first then
        perform teacup_set_claim_start(the_project, the_rater, open_round.number, candidate.minus_priority, candidate.seats_done, candidate.id, seen_from);
        is_first := false;
      end if;
      found_seat := teacup_lock_free_seat(candidate.id);
      if found_seat.id is not null then
        return found_seat;
      end if;
    end loop;
    -- Nothing there is for this rater, up to the very end.
    if is_first then
      perform teacup_set_claim_start(the_project, the_rater, open_round.number, 2147483647, 2147483647, 'ffffffff-ffff-ffff-ffff-ffffffffffff', seen_from);
    end if;
  end loop;
  return null;
end $$;
