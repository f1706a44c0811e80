-- The rater's own clock at submission is written too: as in 0018 but for client_submitted_at. Only a function changes.
create or replace function teacup_submit(the_project uuid, the_rater uuid, the_sitting uuid, stamp text, plan jsonb) returns void language plpgsql as $$
declare
  s sitting;
begin
  perform teacup_lock_submission(the_project, the_rater, the_sitting);
  if md5(teacup_submission(the_project, the_rater, the_sitting)::text) is distinct from stamp then
    raise exception 'what the submission was decided on has changed' using errcode = 'TC002';
  end if;
  update sitting set state = 'submitted', submitted_at = now(), later_at = null, is_extra = (plan->>'isExtra')::boolean,
      guideline_version = said."guidelineVersion", painted_at = said."paintedAt", first_action_at = said."firstActionAt",
      client_submitted_at = said."clientSubmittedAt", active_ms = said."activeMs",
      -- Not asked leaves what stands; asked and left empty takes it back.
      seen_instead = case when plan->'said' ? 'seenInstead' then nullif(said."seenInstead", '') else seen_instead end
    from jsonb_to_record(plan->'said') said ("guidelineVersion" integer, "paintedAt" timestamptz, "firstActionAt" timestamptz,
      "clientSubmittedAt" timestamptz, "activeMs" integer, "seenInstead" text)
    where sitting.id = the_sitting returning sitting.* into s;
  insert into level (id, project_id, grid_id, sitting_id, source, rule_version, mode, correct, rated, level, low, high)
    select teacup_uuidv7(), s.project_id, s.grid_id, s.id, l.source, l."ruleVersion", s.mode, l.correct, l.rated, l.level, l.low, l.high
    from jsonb_to_record(plan->'level') l (source level_source, "ruleVersion" integer, correct integer, rated integer, level integer,
      low real, high real)
    where jsonb_typeof(plan->'level') = 'object';
  if s.kind = 'seat' then
    update seat set completed_at = now(), leased_until = null where sitting_id = s.id;
    update grid set state = 'closed' where id = s.grid_id and state <> 'closed' and exists (select from seat where sitting_id = s.id)
      and not exists (select from seat where grid_id = s.grid_id and completed_at is null);
    perform teacup_write_joint(s.grid_id, plan->'joint');
    if plan->>'look' is not null and teacup_add_look(s.grid_id, (plan->>'look')::seat_kind) then
      insert into decision (id, project_id, action, payload)
        values (teacup_uuidv7(), s.project_id, 'grid.look', jsonb_build_object('gridId', s.grid_id, 'kind', plan->>'look'));
    end if;
  end if;
  perform pg_notify(plan->'notice'->>'channel', plan->'notice'->>'event');
  -- A program's time costs nobody's. Locks the budget, the last lock but those of the counters.
  if (plan->>'isPaid')::boolean then
    perform teacup_settle_rater_time(s.id, s.active_ms);
  end if;
end $$;
