ALTER TABLE "level" DROP CONSTRAINT "level_screen_is_censored";--> statement-breakpoint
CREATE INDEX "sitting_seen_idx" ON "sitting" USING btree ("project_id") WHERE "sitting"."seen_instead" is not null;--> statement-breakpoint
CREATE INDEX "verdict_detail_idx" ON "verdict" USING btree ("sitting_id") WHERE "verdict"."detail" is not null;--> statement-breakpoint
ALTER TABLE "level" ADD CONSTRAINT "level_screen_is_censored" CHECK ("level"."mode" <> 'screen' or ("level"."correct" > 0 and "level"."level" is null) or ("level"."correct" = 0 and "level"."rated" = 20 and "level"."level" is not distinct from 5));--> statement-breakpoint
-- A Level has the mode its sitting was judged in, and stands on that sitting's verdicts.
create or replace function teacup_level_has_verdicts() returns trigger language plpgsql as $$
declare
  rated_now integer;
  correct_now integer;
  mode_now rating_mode;
begin
  if new.sitting_id is null then
    return new;
  end if;
  select mode into mode_now from sitting where id = new.sitting_id;
  if new.mode <> mode_now then
    raise exception 'a % Level cannot stand on a % sitting', new.mode, mode_now using errcode = 'check_violation';
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
  return new;
end $$;
--> statement-breakpoint
-- The Levels of record of the pair behind a grid, anew from its Levels: a full one before a screened one, the first
-- seat first. A screened Level goes on to count while its grid is completed to a full one.
create or replace function teacup_record_levels(the_grid uuid) returns void language plpgsql as $$
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
        and (l.sitting_id is null or seat.completed_at is not null or (l.mode = 'screen' and grid.mode = 'full'))
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
