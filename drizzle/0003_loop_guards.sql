-- Invariants, counters and first rows of the loop. Counting what is there reads pair and level once.
create extension if not exists pg_trgm;
--> statement-breakpoint
create index concept_text_trgm_idx on concept using gin (text gin_trgm_ops);
--> statement-breakpoint
create index concept_vector_bands_idx on concept_vector using gin (bands);
--> statement-breakpoint
-- Nothing is begun that would pass a limit. What was begun may cost more than thought: it is settled, and the next one waits.
create function teacup_budget_holds() returns trigger language plpgsql as $$
begin
  if new.reserved > old.reserved and new."limit" is not null and new.reserved + new.settled > new."limit" then
    raise exception 'the budget of % would be passed', new.kind using errcode = 'check_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger budget_holds before update on budget for each row execute function teacup_budget_holds();
--> statement-breakpoint
create trigger guidance_append_only before update or delete on guidance
  for each row execute function teacup_refuse_change();
--> statement-breakpoint
create trigger method_input_append_only before update or delete on method_input
  for each row execute function teacup_refuse_change();
--> statement-breakpoint
create trigger concept_vector_append_only before update or delete on concept_vector
  for each row execute function teacup_refuse_change();
--> statement-breakpoint
create trigger allocation_append_only before update or delete on allocation
  for each row execute function teacup_refuse_change();
--> statement-breakpoint
create trigger reported_level_append_only before update or delete on reported_level
  for each row execute function teacup_refuse_change();
--> statement-breakpoint
-- pair_count: one statement changes each counter once, in one order, so that two writers never wait for each other in a circle.
create function teacup_count_pairs() returns trigger language plpgsql as $$
declare
  moved record;
begin
  if tg_op = 'INSERT' then
    insert into pair_count (project_id, pattern_id, phase, origin, state, stage, pairs)
      select project_id, pattern_id, phase, origin::text, state::text, coalesce(stage::text, ''), count(*)
      from new_rows group by 1, 2, 3, 4, 5, 6 order by 2, 3, 4, 5, 6
      on conflict (pattern_id, phase, origin, state, stage) do update set pairs = pair_count.pairs + excluded.pairs;
    return null;
  end if;
  if tg_op = 'DELETE' then
    update pair_count c set pairs = c.pairs - gone.n
      from (select pattern_id, phase, origin::text as origin, state::text as state, coalesce(stage::text, '') as stage, count(*) as n
            from old_rows group by 1, 2, 3, 4, 5) gone
      where (c.pattern_id, c.phase, c.origin, c.state, c.stage) = (gone.pattern_id, gone.phase, gone.origin, gone.state, gone.stage);
    return null;
  end if;
  for moved in
    select project_id, pattern_id, phase, origin, state, stage, sum(n)::int as n from (
      select project_id, pattern_id, phase, origin::text as origin, state::text as state, coalesce(stage::text, '') as stage, 1 as n from new_rows
      union all
      select project_id, pattern_id, phase, origin::text, state::text, coalesce(stage::text, ''), -1 from old_rows
    ) both_sides group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0 order by 2, 3, 4, 5, 6
  loop
    insert into pair_count (project_id, pattern_id, phase, origin, state, stage, pairs)
      values (moved.project_id, moved.pattern_id, moved.phase, moved.origin, moved.state, moved.stage, greatest(moved.n, 0))
      on conflict (pattern_id, phase, origin, state, stage) do update set pairs = pair_count.pairs + moved.n;
  end loop;
  update pair_level l set pattern_id = n.pattern_id, phase = n.phase
    from new_rows n join old_rows o on o.id = n.id
    where l.pair_id = n.id and (n.pattern_id, n.phase) is distinct from (o.pattern_id, o.phase);
  return null;
end $$;
--> statement-breakpoint
create trigger pair_counted_in after insert on pair referencing new table as new_rows
  for each statement execute function teacup_count_pairs();
--> statement-breakpoint
create trigger pair_counted_out after delete on pair referencing old table as old_rows
  for each statement execute function teacup_count_pairs();
--> statement-breakpoint
create trigger pair_counted_again after update on pair referencing old table as old_rows new table as new_rows
  for each statement execute function teacup_count_pairs();
--> statement-breakpoint
insert into pair_count (project_id, pattern_id, phase, origin, state, stage, pairs)
  select project_id, pattern_id, phase, origin::text, state::text, coalesce(stage::text, ''), count(*)
  from pair group by 1, 2, 3, 4, 5, 6;
--> statement-breakpoint
-- Level 5 is trivial when the generator cannot draw A or B alone (right in fewer than 16 of 20); null while one of them is unknown.
create function teacup_is_trivial(the_pair uuid, revision uuid, level integer) returns boolean language plpgsql stable as $$
declare
  known integer;
  failing integer;
begin
  if level is distinct from 5 then
    return false;
  end if;
  select count(*), count(*) filter (where q.correct * 5 < q.rated * 4) into known, failing
    from quick_look q join pair p on p.project_id = q.project_id
    where p.id = the_pair and q.kind = 'capability' and q.state = 'judged' and q.generator_revision_id = revision
      and q.concept_key in (split_part(p.key, '|', 1), split_part(p.key, '|', 2));
  if failing > 0 then
    return true;
  end if;
  if known < 2 then
    return null;
  end if;
  return false;
end $$;
--> statement-breakpoint
-- The Levels of record of the pair behind a grid, anew from its Levels: a full one before a screened one, the first seat first.
create function teacup_record_levels(the_grid uuid) returns void language plpgsql as $$
declare
  g record;
begin
  select pair_id, generator_revision_id, purpose into g from grid where id = the_grid;
  if g.purpose is distinct from 'mining' then
    return;
  end if;
  with record as (
    select distinct on (l.source) l.source::text as source, l.id, l.grid_id, l.mode::text as mode, l.level, l.correct, l.rated, l.created_at
      from level l
      join grid on grid.id = l.grid_id
      left join seat on seat.sitting_id = l.sitting_id
      where grid.pair_id = g.pair_id and grid.generator_revision_id = g.generator_revision_id and grid.purpose = 'mining'
        and (l.sitting_id is null or seat.completed_at is not null)
      order by l.source, (l.mode = 'full') desc, seat.number, l.created_at desc
  ), gone as (
    delete from pair_level p where p.pair_id = g.pair_id and p.generator_revision_id = g.generator_revision_id
      and not exists (select from record r where r.source = p.source)
  )
  insert into pair_level (pair_id, generator_revision_id, source, project_id, pattern_id, phase, level_id, grid_id, mode, level, correct, rated, is_trivial, at)
    select g.pair_id, g.generator_revision_id, r.source, pair.project_id, pair.pattern_id, pair.phase, r.id, r.grid_id, r.mode, r.level, r.correct, r.rated,
      teacup_is_trivial(g.pair_id, g.generator_revision_id, r.level), r.created_at
    from record r join pair on pair.id = g.pair_id
    on conflict (pair_id, generator_revision_id, source) do update
      set level_id = excluded.level_id, grid_id = excluded.grid_id, mode = excluded.mode, level = excluded.level, correct = excluded.correct,
        rated = excluded.rated, is_trivial = excluded.is_trivial, at = excluded.at;
end $$;
--> statement-breakpoint
create function teacup_level_changed() returns trigger language plpgsql as $$
begin
  perform teacup_record_levels(case when tg_op = 'DELETE' then old.grid_id else new.grid_id end);
  return null;
end $$;
--> statement-breakpoint
create trigger level_recorded after insert or update or delete on level
  for each row execute function teacup_level_changed();
--> statement-breakpoint
create trigger seat_recorded after update of completed_at on seat
  for each row when (old.completed_at is distinct from new.completed_at) execute function teacup_level_changed();
--> statement-breakpoint
create function teacup_capability_judged() returns trigger language plpgsql as $$
begin
  update pair_level l set is_trivial = teacup_is_trivial(l.pair_id, l.generator_revision_id, l.level)
    from pair p
    where p.project_id = new.project_id and new.concept_key in (split_part(p.key, '|', 1), split_part(p.key, '|', 2))
      and l.pair_id = p.id and l.generator_revision_id = new.generator_revision_id;
  return null;
end $$;
--> statement-breakpoint
create trigger quick_look_judged after update on quick_look
  for each row when (new.kind = 'capability' and (new.state, new.correct) is distinct from (old.state, old.correct))
  execute function teacup_capability_judged();
--> statement-breakpoint
create function teacup_trivial_word(is_trivial boolean) returns text language sql immutable as $$
  select case when is_trivial is null then 'unknown' when is_trivial then 'yes' else 'no' end;
$$;
--> statement-breakpoint
create function teacup_count_levels() returns trigger language plpgsql as $$
declare
  moved record;
begin
  for moved in
    select (l).project_id, (l).pattern_id, (l).phase, (l).generator_revision_id as revision, (l).source, (l).mode,
      coalesce((l).level, 0) as level, teacup_trivial_word((l).is_trivial) as trivial, sum(n)::int as n
    from (select new as l, 1 as n where tg_op <> 'DELETE' union all select old, -1 where tg_op <> 'INSERT') both_sides
    group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0 order by 2, 3, 4, 5, 6, 7, 8
  loop
    insert into level_count (project_id, pattern_id, phase, generator_revision_id, source, mode, level, trivial, pairs)
      values (moved.project_id, moved.pattern_id, moved.phase, moved.revision, moved.source, moved.mode, moved.level, moved.trivial, greatest(moved.n, 0))
      on conflict (pattern_id, phase, generator_revision_id, source, mode, level, trivial) do update set pairs = level_count.pairs + moved.n;
  end loop;
  return null;
end $$;
--> statement-breakpoint
create trigger pair_level_counted after insert or update or delete on pair_level
  for each row execute function teacup_count_levels();
--> statement-breakpoint
select teacup_record_levels(grid_id) from (select distinct grid_id from level) graded;
--> statement-breakpoint
-- A screened Level stands on its verdicts too: all 20 incorrect, or stopped at the first correct one.
create or replace function teacup_level_has_verdicts() returns trigger language plpgsql as $$
declare
  rated_now integer;
  correct_now integer;
begin
  if new.sitting_id is null then
    return new;
  end if;
  select count(*) filter (where verdict in ('correct', 'incorrect')), count(*) filter (where verdict = 'correct')
    into rated_now, correct_now
    from verdict where sitting_id = new.sitting_id;
  if new.mode = 'full' and (rated_now <> 20 or new.rated <> 20) then
    raise exception 'a full Level needs 20 verdicts; this sitting has %', rated_now using errcode = 'check_violation';
  end if;
  if rated_now <> new.rated or correct_now <> new.correct then
    raise exception 'this Level counts % of %, its sitting has % of %', new.correct, new.rated, correct_now, rated_now
      using errcode = 'check_violation';
  end if;
  if new.mode = 'screen' and not (new.correct >= 1 or new.rated = 20) then
    raise exception 'a screened Level needs a correct image or 20 verdicts' using errcode = 'check_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
-- Projects that are there already get what a new one gets.
insert into phase (id, project_id, number, state)
  select gen_random_uuid(), p.id, n, (case when n <= 2 then 'open' else 'closed' end)::phase_state
  from project p cross join generate_series(1, 4) n;
--> statement-breakpoint
insert into budget (project_id, kind, reserved, settled)
  select p.id, k.kind, 0, 0 from project p cross join (select unnest(enum_range(null::budget_kind)) as kind) k;
--> statement-breakpoint
update pattern set returned = t.returned, fresh = t.fresh
  from (select b.pattern_id, count(*) as returned, count(*) filter (where r.outcome in ('new', 'overruled')) as fresh
        from proposal r join batch b on b.id = r.batch_id group by 1) t
  where t.pattern_id = pattern.id;
--> statement-breakpoint
update batch set judged = t.judged
  from (select batch_id, count(*) filter (where outcome <> 'invalid') as judged from proposal group by 1) t
  where t.batch_id = batch.id;
