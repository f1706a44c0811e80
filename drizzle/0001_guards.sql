-- Invariants that a column constraint cannot say.
create function teacup_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append only', tg_table_name using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger audit_event_append_only before update or delete on audit_event
  for each row execute function teacup_refuse_change();
--> statement-breakpoint
create trigger decision_append_only before update or delete on decision
  for each row execute function teacup_refuse_change();
--> statement-breakpoint
create trigger verdict_event_append_only before update or delete on verdict_event
  for each row execute function teacup_refuse_change();
--> statement-breakpoint
create trigger render_attempt_append_only before update or delete on render_attempt
  for each row execute function teacup_refuse_change();
--> statement-breakpoint
create trigger grid_image_append_only before update or delete on grid_image
  for each row execute function teacup_refuse_change();
--> statement-breakpoint
create trigger image_append_only before update or delete on image
  for each row execute function teacup_refuse_change();
--> statement-breakpoint
-- An exchange is written twice: when it is sent and when it is answered. Then it stands.
create function teacup_exchange_stands() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.outcome <> 'pending' then
    raise exception 'an answered exchange cannot change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger exchange_stands before update or delete on exchange
  for each row execute function teacup_exchange_stands();
--> statement-breakpoint
create function teacup_prompt_stands() returns trigger language plpgsql as $$
begin
  if new.text is distinct from old.text then
    raise exception 'a prompt never changes: write a new one' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger prompt_stands before update on prompt
  for each row execute function teacup_prompt_stands();
--> statement-breakpoint
-- A revision is what its images were made with; only the weights' hash may be pinned, once.
create function teacup_revision_stands() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE'
    or (new.endpoint_name, new.method, new.parameters, new.content_hash, new.number)
       is distinct from (old.endpoint_name, old.method, old.parameters, old.content_hash, old.number)
    or (old.weights_hash is not null and new.weights_hash is distinct from old.weights_hash) then
    raise exception 'a generator revision cannot change: make a new one' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger generator_revision_stands before update or delete on generator_revision
  for each row execute function teacup_revision_stands();
--> statement-breakpoint
-- A full Level of one rater stands on 20 verdicts that really are there.
create function teacup_level_has_verdicts() returns trigger language plpgsql as $$
declare
  rated_now integer;
  correct_now integer;
begin
  if new.mode = 'full' and new.sitting_id is not null then
    select count(*) filter (where verdict in ('correct', 'incorrect')), count(*) filter (where verdict = 'correct')
      into rated_now, correct_now
      from verdict where sitting_id = new.sitting_id;
    if rated_now <> 20 or new.rated <> 20 or correct_now <> new.correct then
      raise exception 'a full Level needs 20 verdicts; this sitting has %', rated_now using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger level_has_verdicts before insert or update on level
  for each row execute function teacup_level_has_verdicts();
