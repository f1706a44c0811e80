-- Seats handed out in one statement; counters of rating, kept at the end of each transaction. Rewrites grid, and reads seat and sitting once.
CREATE TABLE "rating_count" (
	"project_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"rater_id" uuid,
	"field" text NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "rating_count_key" UNIQUE NULLS NOT DISTINCT("project_id","round","rater_id","field")
);
--> statement-breakpoint
CREATE TABLE "rating_delta" (
	"project_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"rater_id" uuid,
	"field" text NOT NULL,
	"n" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "seat_open_idx";--> statement-breakpoint
ALTER TABLE "grid" ADD COLUMN "seats_open" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "grid" ADD COLUMN "seats_done" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "grid" ADD COLUMN "seats_free" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sitting" ADD COLUMN "is_extra" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rating_count" ADD CONSTRAINT "rating_count_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rating_count_rater_idx" ON "rating_count" USING btree ("project_id","rater_id");--> statement-breakpoint
CREATE INDEX "grid_claim_idx" ON "grid" USING btree ("project_id","round","priority" DESC NULLS FIRST,"seats_done","id") WHERE "grid"."state" = 'open' and "grid"."seats_free" > 0;--> statement-breakpoint
CREATE INDEX "seat_leased_idx" ON "seat" USING btree ("project_id","leased_until") WHERE "seat"."leased_until" is not null and "seat"."completed_at" is null;--> statement-breakpoint
CREATE INDEX "sitting_done_idx" ON "sitting" USING btree ("project_id","rater_id","submitted_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "sitting"."state" = 'submitted';--> statement-breakpoint
-- Written and emptied within each transaction: what a crash empties was never anybody's.
alter table rating_delta set unlogged;
--> statement-breakpoint
update grid set seats_open = s.open, seats_done = s.done, seats_free = s.free
  from (select grid_id, count(*) filter (where completed_at is null) as open, count(*) filter (where completed_at is not null) as done,
      count(*) filter (where completed_at is null and rater_id is null) as free from seat group by grid_id) s
  where s.grid_id = grid.id;
--> statement-breakpoint
update sitting set is_extra = true
  where state = 'submitted' and kind = 'seat' and not exists (select from seat where seat.sitting_id = sitting.id);
--> statement-breakpoint
-- What one grid adds to its round.
create function teacup_grid_counts(g grid) returns table (field text, n bigint) language sql immutable as $$
  values ('open', (g.state = 'open')::int::bigint), ('closed', (g.state = 'closed')::int), ('free', (g.state = 'open' and g.seats_free > 0)::int),
    ('seats_open', g.seats_open), ('seats_done', g.seats_done)
$$;
--> statement-breakpoint
-- What one sitting adds to its rater's figures: nothing before it has ended. `behind`: its grid is still free for others, not for this rater.
create function teacup_sitting_counts(s sitting, is_free boolean) returns table (field text, n bigint) language sql immutable as $$
  select f.field, f.n from (values
    ('done', (s.state = 'submitted')::int::bigint), ('cannot_judge', (s.state = 'cannot_judge')::int), ('extra', s.is_extra::int),
    ('seat', (s.kind = 'seat')::int), ('repeat', (s.kind = 'repeat')::int), ('gold', (s.kind = 'gold')::int), ('training', (s.kind = 'training')::int),
    ('active_ms', coalesce(s.active_ms, 0)), ('behind', (s.occasion = 1 and is_free)::int)) f (field, n)
  where s.state in ('submitted', 'cannot_judge') and f.n <> 0
$$;
--> statement-breakpoint
create view rating_recount as
  select g.project_id, g.round, null::uuid as rater_id, c.field, sum(c.n)::bigint as n
    from grid g cross join lateral teacup_grid_counts(g) c
    group by 1, 2, 4 having sum(c.n) <> 0
  union all
  select s.project_id, g.round, s.rater_id, c.field, sum(c.n)::bigint
    from sitting s join grid g on g.id = s.grid_id
      cross join lateral teacup_sitting_counts(s, g.state = 'open' and g.seats_free > 0) c
    group by 1, 2, 3, 4;
--> statement-breakpoint
insert into rating_count (project_id, round, rater_id, field, n) select project_id, round, rater_id, field, n from rating_recount;
--> statement-breakpoint
-- The counters change at the very end of a transaction and in one order: whoever waits for one holds no other, whatever was locked before.
create function teacup_fold_deltas() returns trigger language plpgsql as $$
begin
  with gone as (delete from rating_delta returning *)
  insert into rating_count (project_id, round, rater_id, field, n)
    select project_id, round, rater_id, field, sum(n)::bigint from gone
    group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3 nulls first, 4
    on conflict (project_id, round, rater_id, field) do update set n = rating_count.n + excluded.n;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger rating_delta_folded after insert on rating_delta deferrable initially deferred
  for each row execute function teacup_fold_deltas();
--> statement-breakpoint
create function teacup_count_seat() returns trigger language plpgsql as $$
begin
  update grid set seats_open = seats_open + x.open, seats_done = seats_done + x.done, seats_free = seats_free + x.free
    from (
      select grid_id, sum(n * (completed_at is null)::int)::int as open, sum(n * (completed_at is not null)::int)::int as done,
        sum(n * (completed_at is null and rater_id is null)::int)::int as free
      from (select new.grid_id, new.completed_at, new.rater_id, 1 as n where tg_op <> 'DELETE'
        union all select old.grid_id, old.completed_at, old.rater_id, -1 where tg_op <> 'INSERT') both_sides group by grid_id
    ) x
    where grid.id = x.grid_id and (x.open, x.done, x.free) <> (0, 0, 0);
  return null;
end $$;
--> statement-breakpoint
create trigger seat_counted after insert or delete or update of completed_at, rater_id on seat
  for each row execute function teacup_count_seat();
--> statement-breakpoint
-- Nobody's sitting ends or begins anew while its grid changes: each holds the grid's lock (see teacup_count_sitting).
create function teacup_count_grid() returns trigger language plpgsql as $$
declare
  was_free boolean := tg_op = 'UPDATE' and old.state = 'open' and old.seats_free > 0;
  is_free boolean := new.state = 'open' and new.seats_free > 0;
begin
  insert into rating_delta (project_id, round, field, n)
    select project_id, round, field, sum(n) from (
      select new.project_id, new.round, c.field, c.n from teacup_grid_counts(new) c
      union all
      select old.project_id, old.round, c.field, -c.n from teacup_grid_counts(old) c where tg_op = 'UPDATE'
    ) both_sides group by 1, 2, 3 having sum(n) <> 0;
  if tg_op = 'UPDATE' and (old.round <> new.round or was_free <> is_free) then
    insert into rating_delta (project_id, round, rater_id, field, n)
      select new.project_id, x.round, s.rater_id, c.field, sum(c.n * x.sign)
      from sitting s
        cross join (values (old.round, was_free, -1), (new.round, is_free, 1)) x (round, is_free, sign)
        cross join lateral teacup_sitting_counts(s, x.is_free) c
      where s.grid_id = new.id group by 1, 2, 3, 4 having sum(c.n * x.sign) <> 0;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger grid_counted after insert or update of state, round, seats_open, seats_done, seats_free on grid
  for each row execute function teacup_count_grid();
--> statement-breakpoint
-- Seat, sitting, grid: in this order, as every verb locks them.
create function teacup_count_sitting() returns trigger language plpgsql as $$
declare
  g record;
begin
  if (tg_op = 'INSERT' or old.state not in ('submitted', 'cannot_judge')) and new.state not in ('submitted', 'cannot_judge') then
    return null;
  end if;
  select round, state = 'open' and seats_free > 0 as is_free into g from grid where id = new.grid_id for no key update;
  insert into rating_delta (project_id, round, rater_id, field, n)
    select new.project_id, g.round, new.rater_id, field, sum(n) from (
      select c.field, c.n from teacup_sitting_counts(new, g.is_free) c
      union all
      select c.field, -c.n from teacup_sitting_counts(old, g.is_free) c where tg_op = 'UPDATE'
    ) both_sides group by 4 having sum(n) <> 0;
  return null;
end $$;
--> statement-breakpoint
create trigger sitting_counted after insert or update of state, kind, is_extra, active_ms, occasion on sitting
  for each row execute function teacup_count_sitting();
--> statement-breakpoint
-- As db/columns.ts makes them, which Postgres can do by itself from 18 on: sorts by creation.
create function teacup_uuidv7() returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;
--> statement-breakpoint
-- What one grid of this mode takes this rater: the median of the last 50, at least 20 s; a guess before the first.
create function teacup_usual_ms(the_project uuid, the_rater uuid, the_mode rating_mode) returns bigint language sql stable as $$
  select case when count(*) > 0 then greatest(20000, round(percentile_cont(0.5) within group (order by active_ms)::numeric)::bigint)
      when the_mode = 'full' then 120000 else 40000 end
  from (select active_ms from sitting
    where project_id = the_project and rater_id = the_rater and state = 'submitted' and mode = the_mode and active_ms is not null
    order by submitted_at desc, id desc limit 50) last_ones
$$;
--> statement-breakpoint
create function teacup_lease(the_sitting uuid) returns interval language sql stable as $$
  select greatest(interval '5 minutes', 3 * teacup_usual_ms(project_id, rater_id, mode) * interval '1 millisecond') from sitting where id = the_sitting
$$;
--> statement-breakpoint
-- The sitting has cost so much time so far, reserved or not; saying the same total again changes nothing. Locks the budget.
create function teacup_settle_rater_time(the_sitting uuid, total bigint) returns void language plpgsql as $$
declare
  s record;
  e record;
begin
  select project_id into s from sitting where id = the_sitting;
  perform from budget where project_id = s.project_id and kind = 'rater_ms' for update;
  select reserved, settled into e from budget_entry where kind = 'rater_ms' and subject = the_sitting::text;
  -- Nothing reserved and nothing spent leaves no trace.
  if (not found and total = 0) or e.settled = total then
    return;
  end if;
  insert into budget_entry (id, project_id, kind, subject, reserved, settled, settled_at)
    values (teacup_uuidv7(), s.project_id, 'rater_ms', the_sitting::text, 0, total, now())
    on conflict (kind, subject) do update set settled = excluded.settled, settled_at = excluded.settled_at;
  update budget set reserved = reserved - (case when e.settled is null then coalesce(e.reserved, 0) else 0 end),
      settled = settled + total - coalesce(e.settled, 0)
    where project_id = s.project_id and kind = 'rater_ms';
end $$;
--> statement-breakpoint
-- Sets aside what one more grid usually takes, on top of what this one has cost; false when that would pass the limit. Who left a grid
-- lying keeps no time from others; whoever comes back to it reserves anew. Locks the budget: let it be the last lock of the transaction.
create function teacup_reserve_rater_time(the_sitting uuid) returns boolean language plpgsql as $$
declare
  s sitting;
  b budget;
  e record;
  amount bigint;
begin
  select * into s from sitting where id = the_sitting;
  amount := teacup_usual_ms(s.project_id, s.rater_id, s.mode);
  select * into b from budget where project_id = s.project_id and kind = 'rater_ms' for update;
  select reserved, settled into e from budget_entry where kind = 'rater_ms' and subject = the_sitting::text;
  if found and e.settled is null then
    return true;
  end if;
  if b.reserved + b.settled + amount > b."limit" then
    perform teacup_settle_rater_time(left_behind.id, coalesce(left_behind.active_ms, 0))
      from (select x.id, x.active_ms from budget_entry o join sitting x on x.id = o.subject::uuid left join seat on seat.sitting_id = x.id
        where o.project_id = s.project_id and o.kind = 'rater_ms' and o.settled is null and x.state = 'live'
          and coalesce(seat.leased_until, x.created_at + interval '1 day') < now() order by x.id) left_behind;
    select * into b from budget where project_id = s.project_id and kind = 'rater_ms';
    if b.reserved + b.settled + amount > b."limit" then
      return false;
    end if;
  end if;
  insert into budget_entry (id, project_id, kind, subject, reserved)
    values (teacup_uuidv7(), s.project_id, 'rater_ms', the_sitting::text, amount + coalesce(e.settled, 0))
    on conflict (kind, subject) do update set reserved = excluded.reserved, settled = null, settled_at = null;
  update budget set reserved = reserved + amount + coalesce(e.settled, 0), settled = settled - coalesce(e.settled, 0)
    where project_id = s.project_id and kind = 'rater_ms';
  return true;
end $$;
--> statement-breakpoint
-- The rater's sitting at a grid; null when theirs was submitted at this very moment: it must not come back to life with its Level there.
create function teacup_sit_down(the_grid uuid, the_rater uuid, the_kind sitting_kind) returns uuid language sql volatile as $$
  insert into sitting (id, project_id, grid_id, rater_id, kind, occasion, mode, order_seed, guideline_version)
    select teacup_uuidv7(), g.project_id, g.id, the_rater, the_kind, case the_kind when 'repeat' then 2 else 1 end, g.mode,
      floor(random() * 2147483648)::int, coalesce((select max(version) from guideline where project_id = g.project_id), 0)
    from grid g where g.id = the_grid
    on conflict (grid_id, rater_id, occasion) do update
      set state = 'live', later_at = null, guideline_version = excluded.guideline_version, mode = excluded.mode
      where sitting.state = 'given_back' and sitting.kind = excluded.kind
    returning id
$$;
--> statement-breakpoint
-- How many of `done` grids are to be measured, one in each 20, at a place within them that a rater cannot know beforehand.
create function teacup_measures_due(done bigint, salt text) returns bigint language sql immutable as $$
  select done / 20 + (done % 20 >= (hashtext(salt || done / 20) & 65535) % 20)::int
$$;
--> statement-breakpoint
-- A grid that measures or teaches this rater, when one is due: training before anything else, then gold, then a grid of their own again
-- after at least 20 others. Nothing that the rater is told says which.
create function teacup_take_measure(the_project uuid, the_rater uuid, held uuid[]) returns uuid language plpgsql as $$
declare
  had record;
  chosen uuid;
begin
  select coalesce(sum(n) filter (where field = 'seat'), 0)::bigint as seats, coalesce(sum(n) filter (where field = 'gold'), 0)::bigint as golds,
      coalesce(sum(n) filter (where field = 'repeat'), 0)::bigint as repeats
    into had from rating_count where project_id = the_project and rater_id = the_rater;
  if had.seats = 0 then
    select grid_id into chosen from gold_grid
      where project_id = the_project and use = 'training' and retired_at is null
        and not exists (select from sitting s where s.grid_id = gold_grid.grid_id and s.rater_id = the_rater
          and (s.state <> 'given_back' or s.kind <> 'training' or s.id = any (held)))
      order by created_at, grid_id limit 1;
    if chosen is not null then
      return teacup_sit_down(chosen, the_rater, 'training');
    end if;
  end if;
  select had.seats + count(*) filter (where kind = 'seat') as seats, had.golds + count(*) filter (where kind = 'gold') as golds,
      had.repeats + count(*) filter (where kind = 'repeat') as repeats
    into had from sitting where project_id = the_project and rater_id = the_rater and state = 'live';
  if had.golds < teacup_measures_due(had.seats, the_rater || 'gold') then
    select grid_id into chosen from gold_grid
      where project_id = the_project and use = 'gold' and retired_at is null
        and not exists (select from sitting s where s.grid_id = gold_grid.grid_id and s.rater_id = the_rater
          and (s.state <> 'given_back' or s.kind <> 'gold' or s.id = any (held)))
      order by hashtext(grid_id::text || the_rater) limit 1;
    if chosen is not null then
      return teacup_sit_down(chosen, the_rater, 'gold');
    end if;
  end if;
  if had.repeats < teacup_measures_due(had.seats, the_rater || 'repeat') - 1 then
    select s.grid_id into chosen
      from (select * from sitting where project_id = the_project and rater_id = the_rater and state = 'submitted'
        order by submitted_at desc, id desc offset 20 limit 100) s
        join grid g on g.id = s.grid_id
        join rating_round r on r.project_id = g.project_id and r.number = g.round and r.closed_at is null
      where s.kind = 'seat' and s.mode = 'full' and g.mode = 'full' and not s.is_extra
        and not exists (select from sitting t where t.grid_id = s.grid_id and t.rater_id = the_rater and t.occasion = 2
          and (t.state <> 'given_back' or t.id = any (held)))
      order by hashtext(s.id::text) limit 1;
    if chosen is not null then
      return teacup_sit_down(chosen, the_rater, 'repeat');
    end if;
  end if;
  return null;
end $$;
--> statement-breakpoint
-- A grid that its rater gave back, or lost to a lapsed lease, may come again; any other never.
create function teacup_is_behind(the_grid uuid, the_rater uuid, held uuid[]) returns boolean language sql stable as $$
  select exists (select from sitting where grid_id = the_grid and rater_id = the_rater and (state <> 'given_back' or kind <> 'seat' or id = any (held)))
$$;
--> statement-breakpoint
-- A free seat, locked: one kept for this rater first; then by priority, and among equals where the fewest are done. The lease lives on
-- the locked row itself, and a row that another is just taking is passed over, not waited for.
create function teacup_lock_seat(the_project uuid, the_rater uuid, held uuid[]) returns seat language plpgsql as $$
declare
  open_round record;
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
    for candidate in
      select g.id from grid g
        where g.project_id = the_project and g.round = open_round.number and g.state = 'open' and g.seats_free > 0
          and not teacup_is_behind(g.id, the_rater, held)
        order by g.priority desc, g.seats_done, g.id
    loop
      select * into found_seat from seat
        where grid_id = candidate.id and rater_id is null and completed_at is null and (leased_until is null or leased_until < now())
        order by number limit 1 for update skip locked;
      if found then
        return found_seat;
      end if;
    end loop;
  end loop;
  return null;
end $$;
--> statement-breakpoint
create function teacup_take_seat(the_project uuid, the_rater uuid, held uuid[]) returns uuid language plpgsql as $$
declare
  free seat;
  sat uuid;
  ousted record;
begin
  loop
    free := teacup_lock_seat(the_project, the_rater, held);
    if free.id is null then
      return null;
    end if;
    sat := teacup_sit_down(free.grid_id, the_rater, 'seat');
    exit when sat is not null;
  end loop;
  -- Who lost the seat keeps the verdicts, and may still submit: then it counts as extra overlap.
  update sitting set state = 'given_back' where id = free.sitting_id and id <> sat and state = 'live' returning id, active_ms into ousted;
  update seat set sitting_id = sat, leased_until = now() + teacup_lease(sat) where id = free.id;
  if ousted.id is not null then
    perform teacup_settle_rater_time(ousted.id, coalesce(ousted.active_ms, 0));
  end if;
  return sat;
end $$;
--> statement-breakpoint
create function teacup_resume_sitting(the_project uuid, the_rater uuid, held uuid[], is_put_off boolean) returns uuid language plpgsql as $$
declare
  chosen uuid;
begin
  select s.id into chosen from sitting s join grid g on g.id = s.grid_id join rating_round r on r.project_id = g.project_id and r.number = g.round
    where s.project_id = the_project and s.rater_id = the_rater and s.state = 'live' and s.id <> all (held) and (s.later_at is not null) = is_put_off
      and (r.closed_at is null or s.kind in ('gold', 'training'))
    order by s.later_at, s.id limit 1;
  update seat set leased_until = greatest(leased_until, now() + teacup_lease(chosen)) where sitting_id = chosen and completed_at is null;
  return chosen;
end $$;
--> statement-breakpoint
-- Up to `most` sittings to do next, besides those that the rater holds: unfinished ones first, then what is due to measure them, then free
-- seats, then what was put off. A row without a sitting: something is left, and the project's rater time is used up.
create function teacup_claim(the_project uuid, the_rater uuid, besides uuid[], most integer) returns table (sitting_id uuid) language plpgsql as $$
declare
  rater record;
  held uuid[] := besides;
begin
  -- Two tabs of one rater must not take two seats of the same grid.
  select id, is_simulated into rater from account where id = the_rater for no key update;
  for place in 1 .. most loop
    begin
      sitting_id := teacup_resume_sitting(the_project, the_rater, held, false);
      if sitting_id is null and not rater.is_simulated then
        sitting_id := teacup_take_measure(the_project, the_rater, held);
      end if;
      if sitting_id is null then
        sitting_id := teacup_take_seat(the_project, the_rater, held);
      end if;
      if sitting_id is null then
        sitting_id := teacup_resume_sitting(the_project, the_rater, held, true);
      end if;
      -- Taken and paid for, or neither. A program's time costs nobody's.
      if sitting_id is not null and not rater.is_simulated and not teacup_reserve_rater_time(sitting_id) then
        raise exception 'the rater time is used up' using errcode = 'TC001';
      end if;
    exception when sqlstate 'TC001' then
      sitting_id := null;
      return next;
      return;
    end;
    exit when sitting_id is null;
    return next;
    held := held || sitting_id;
  end loop;
end $$;
