-- A pair is rated when it has a Level of record, and no longer when that Level is taken back.
create function teacup_stage_follows_level() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update pair set stage = 'rated' where id = new.pair_id and stage is not null and stage <> 'rated';
  elsif not exists (select from pair_level where pair_id = old.pair_id) then
    update pair set stage = 'rating' where id = old.pair_id and stage = 'rated';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger pair_level_stages after insert or delete on pair_level
  for each row execute function teacup_stage_follows_level();
--> statement-breakpoint
-- Accepted pairs that are there already: where they stand follows from what they have.
update pair set stage = (case
    when exists (select from pair_level l where l.pair_id = pair.id) then 'rated'
    when exists (select from run_pair r join run on run.id = r.run_id where r.pair_id = pair.id and run.state <> 'cancelled') then 'rating'
    else 'prompts' end)::pair_stage
  where state = 'accepted';
--> statement-breakpoint
create index batch_open_idx on batch (pattern_id) where state in ('queued', 'running', 'waiting');
