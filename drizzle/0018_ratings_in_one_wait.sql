-- What a rater's screen asks for most, as functions: verdicts in one wait, a submission in two. Reads and rewrites nothing.
-- What follows from verdicts (Level, consensus, second look) is decided by the rules in server/rating/domain between reading and writing.

-- Where writers and the one who closes a round wait for each other in the order of their coming. The round's row alone would not do: who
-- reads it for sharing may always join those who do, and whoever closes it waits for all of them. 7310852 is this purpose's own number.
create function teacup_line_up_to_write(the_project uuid) returns void language sql as $$
  select pg_advisory_xact_lock_shared(7310852, hashtext(the_project::text))
$$;
--> statement-breakpoint
create function teacup_line_up_to_close(the_project uuid) returns void language sql as $$
  select pg_advisory_xact_lock(7310852, hashtext(the_project::text))
$$;
--> statement-breakpoint
-- The line before the round, then seat, then sitting: in this order, as every verb locks them. Null where the sitting is not this rater's.
-- Seat before sitting, as in a claim that takes over an expired seat: the other order would deadlock. What is read after the line is read
-- as it stands then, so nobody who waited in it overlooks that the round was closed.
create function teacup_lock_sitting(the_project uuid, the_rater uuid, the_sitting uuid) returns sitting language plpgsql as $$
declare
  s sitting;
begin
  perform teacup_line_up_to_write(the_project);
  perform from seat where sitting_id = the_sitting and project_id = the_project for update;
  select * into s from sitting where id = the_sitting and project_id = the_project and rater_id = the_rater for update;
  return s;
end $$;
--> statement-breakpoint
-- Number and reason of the round that this sitting came too late for. Grids that measure or teach belong to no round's results.
create function teacup_closed_round(s sitting) returns jsonb language plpgsql stable as $$
begin
  return (select jsonb_build_object('number', r.number, 'reason', r.closed_reason)
    from grid g join rating_round r on r.project_id = g.project_id and r.number = g.round
    where g.id = s.grid_id and r.closed_at is not null and s.kind in ('seat', 'repeat'));
end $$;
--> statement-breakpoint
-- The images of a sitting by position, each with what was said of it last. From the events, not from the present verdicts: a detail may
-- stand on an image without a verdict.
create function teacup_cells(s sitting) returns jsonb language plpgsql stable as $$
begin
  return (select jsonb_agg(jsonb_build_object('position', i.position, 'imageId', i.image_id, 'verdict', e.verdict, 'detail', e.detail)
      order by i.position)
    from grid_image i left join (
      select distinct on (image_id) image_id, verdict, detail from verdict_event where sitting_id = s.id
        order by image_id, client_seq desc, client_at desc, id desc
    ) e on e.image_id = i.image_id
    where i.grid_id = s.grid_id);
end $$;
--> statement-breakpoint
create function teacup_last_seq(the_sitting uuid) returns integer language plpgsql stable as $$
begin
  return (select coalesce(max(client_seq), 0) from verdict_event where sitting_id = the_sitting);
end $$;
--> statement-breakpoint
-- Appends what a rater did, or says why not (server/rating/record-verdict-events.ts has the sentences). Events that are known by their
-- key change nothing; `base_version` is what the sender had seen before the first one, null where it does not look.
create function teacup_record(the_project uuid, the_rater uuid, the_sitting uuid, events jsonb, base_version integer) returns jsonb
language plpgsql as $$
declare
  s sitting;
  fresh jsonb;
  first_place integer;
begin
  s := teacup_lock_sitting(the_project, the_rater, the_sitting);
  if s.id is null then
    return jsonb_build_object('outcome', 'missing');
  end if;
  select jsonb_agg(e order by place), min(place)::int into fresh, first_place
    from (select distinct on ((e->>'clientKey')::uuid) e, place from jsonb_array_elements(events) with ordinality x (e, place)
      order by (e->>'clientKey')::uuid, place desc) given
    where not exists (select from verdict_event k where k.sitting_id = s.id and k.client_key = (e->>'clientKey')::uuid);
  if fresh is null then
    return jsonb_build_object('outcome', 'recorded', 'recorded', 0, 'version', s.version);
  end if;
  if s.state in ('submitted', 'cannot_judge') then
    return jsonb_build_object('outcome', 'finished', 'state', s.state);
  end if;
  if teacup_closed_round(s) is not null then
    return jsonb_build_object('outcome', 'closed', 'round', teacup_closed_round(s));
  end if;
  if s.version <> base_version + first_place - 1 then
    return jsonb_build_object('outcome', 'conflict', 'version', s.version, 'lastSeq', teacup_last_seq(s.id), 'cells', teacup_cells(s));
  end if;
  if exists (select from jsonb_array_elements(fresh) e
    where not exists (select from grid_image i where i.grid_id = s.grid_id and i.image_id = (e->>'imageId')::uuid)) then
    return jsonb_build_object('outcome', 'foreign');
  end if;
  insert into verdict_event (id, sitting_id, grid_id, image_id, verdict, detail, method, client_key, client_seq, client_at)
    select id, s.id, s.grid_id, "imageId", verdict, detail, method, "clientKey", "clientSeq", "clientAt"
    from jsonb_to_recordset(fresh) e (id uuid, "imageId" uuid, verdict verdict_value, detail jsonb, method verdict_method,
      "clientKey" uuid, "clientSeq" integer, "clientAt" timestamptz);
  -- Batches may arrive in any order: the present verdict of an image is that of its highest client_seq.
  with latest as (
    select distinct on (image_id) image_id, id, verdict, detail, client_seq from verdict_event
      where sitting_id = s.id and image_id in (select (e->>'imageId')::uuid from jsonb_array_elements(fresh) e)
      order by image_id, client_seq desc, client_at desc, id desc
  ), taken_back as (
    delete from verdict v using latest l where v.sitting_id = s.id and v.image_id = l.image_id and l.verdict is null
  )
  insert into verdict (sitting_id, image_id, verdict, detail, event_id, client_seq)
    select s.id, image_id, verdict, detail, id, client_seq from latest where verdict is not null
    on conflict (sitting_id, image_id) do update
      set verdict = excluded.verdict, detail = excluded.detail, event_id = excluded.event_id, client_seq = excluded.client_seq;
  update sitting set version = version + jsonb_array_length(fresh) where id = s.id;
  update seat set leased_until = greatest(leased_until, now() + teacup_lease(s.id)) where sitting_id = s.id and completed_at is null;
  return jsonb_build_object('outcome', 'recorded', 'recorded', jsonb_array_length(fresh), 'version', s.version + jsonb_array_length(fresh));
end $$;
--> statement-breakpoint
-- All that says what a grid's raters find together: its seats, what was said at those that are completed (and by `also`, who is about to
-- complete theirs), rulings, and the joint Level that stands.
create function teacup_votes(the_grid uuid, also uuid) returns jsonb language plpgsql stable as $$
begin
  return (
    with voting as (
      select seat.number, seat.kind, seat.completed_at is not null as is_completed,
        case when seat.completed_at is not null or seat.sitting_id = also then seat.sitting_id end as sitting_id
      from seat where seat.grid_id = the_grid
    )
    select jsonb_build_object(
      'gridId', g.id, 'projectId', g.project_id, 'mode', g.mode,
      'seats', (
        select coalesce(jsonb_agg(jsonb_build_object('sittingId', v.sitting_id, 'kind', v.kind, 'isCompleted', v.is_completed,
          'isSimulated', coalesce(a.is_simulated, false)) order by v.number), '[]')
        from voting v left join sitting s on s.id = v.sitting_id left join account a on a.id = s.rater_id),
      'imageIds', (select coalesce(jsonb_agg(image_id order by position), '[]') from grid_image where grid_id = the_grid),
      'ballots', (
        select coalesce(jsonb_object_agg(sitting_id, ballot), '{}') from (
          select d.sitting_id, jsonb_object_agg(d.image_id, d.verdict) as ballot
          from voting v join verdict d on d.sitting_id = v.sitting_id group by d.sitting_id) ballots),
      'rulings', (select coalesce(jsonb_object_agg(image_id, verdict), '{}') from adjudication where grid_id = the_grid),
      'standing', (
        select coalesce(jsonb_agg(jsonb_build_object('source', source, 'correct', correct)), '[]') from level
        where grid_id = the_grid and sitting_id is null and source in ('consensus', 'adjudicated', 'simulated')))
    from grid g where g.id = the_grid);
end $$;
--> statement-breakpoint
-- What the raters of a grid say together now; null: nothing. A Level is written again only when it says something else: the day it was
-- found stays. The caller has locked the grid.
create function teacup_write_joint(the_grid uuid, joint jsonb) returns void language plpgsql as $$
begin
  delete from consensus where grid_id = the_grid;
  insert into consensus (grid_id, project_id, judge, rule_version, raters, unanimous, majority, adjudicated, open, disagreement, is_boundary,
      first_level, audited_level)
    select g.id, g.project_id, c.judge, c."ruleVersion", c.raters, c.unanimous, c.majority, c.adjudicated, c.open, c.disagreement,
      c."isBoundary", c."firstLevel", c."auditedLevel"
    from grid g, jsonb_to_record(joint->'consensus') c (judge judge, "ruleVersion" integer, raters integer, unanimous integer, majority integer,
      adjudicated integer, open integer, disagreement real, "isBoundary" boolean, "firstLevel" integer, "auditedLevel" integer)
    where g.id = the_grid and jsonb_typeof(joint->'consensus') = 'object';
  if (joint->>'isLevelKept')::boolean then
    return;
  end if;
  delete from level where grid_id = the_grid and sitting_id is null and source in ('consensus', 'adjudicated', 'simulated');
  insert into level (id, project_id, grid_id, source, rule_version, mode, correct, rated, level, low, high)
    select teacup_uuidv7(), g.project_id, g.id, l.source, l."ruleVersion", 'full', l.correct, l.rated, l.level, l.low, l.high
    from grid g, jsonb_to_record(joint->'level') l (source level_source, "ruleVersion" integer, correct integer, rated integer, level integer,
      low real, high real)
    where g.id = the_grid and jsonb_typeof(joint->'level') = 'object';
end $$;
--> statement-breakpoint
-- One seat more at a grid, open to any rater who has not judged it; false when it has a look of this kind. Grids that wait for one more
-- look come before those that nobody has seen.
create function teacup_add_look(the_grid uuid, the_kind seat_kind) returns boolean language plpgsql as $$
begin
  if exists (select from seat where grid_id = the_grid and kind = the_kind) then
    return false;
  end if;
  insert into seat (id, project_id, grid_id, kind, number)
    select teacup_uuidv7(), g.project_id, g.id, the_kind, (select coalesce(max(number), 0) + 1 from seat where grid_id = g.id)
    from grid g where g.id = the_grid;
  update grid set state = 'open', priority = greatest(priority, 10) where id = the_grid;
  return true;
end $$;
--> statement-breakpoint
-- All that a submission is decided on, in one moment; null where the sitting is not this rater's.
create function teacup_submission(the_project uuid, the_rater uuid, the_sitting uuid) returns jsonb language plpgsql stable as $$
begin
  return (
    select jsonb_build_object(
      'sitting', jsonb_build_object('id', s.id, 'gridId', s.grid_id, 'projectId', s.project_id, 'raterId', s.rater_id, 'kind', s.kind,
        'mode', s.mode, 'state', s.state, 'orderSeed', s.order_seed, 'layout', g.layout),
      'isSimulated', a.is_simulated,
      'hasSeat', exists (select from seat where seat.sitting_id = s.id and seat.project_id = the_project),
      'closedRound', teacup_closed_round(s),
      'cells', (
        select jsonb_agg(jsonb_build_object('position', i.position, 'imageId', i.image_id, 'verdict', v.verdict) order by i.position)
        from grid_image i left join verdict v on v.image_id = i.image_id and v.sitting_id = s.id
        where i.grid_id = s.grid_id),
      'votes', case when s.kind = 'seat' then teacup_votes(s.grid_id, s.id) end,
      'patternId', p.pattern_id,
      'isAuto', t.is_auto,
      'settings', j.settings,
      'phases', (select jsonb_object_agg(number, state) from phase where project_id = the_project),
      'isStopped', exists (select from waiting w
        where w.project_id = the_project and w.kind = 'budget' and w.budget = 'rater_ms' and w.ended_at is null),
      'meant', case when s.kind = 'training' then (
        select jsonb_object_agg(image_id, jsonb_build_object('expected', verdict, 'explanation', explanation))
        from gold_verdict where grid_id = s.grid_id) end)
    from sitting s join grid g on g.id = s.grid_id join pair p on p.id = g.pair_id join pattern t on t.id = p.pattern_id
      join account a on a.id = s.rater_id join project j on j.id = s.project_id
    where s.id = the_sitting and s.project_id = the_project and s.rater_id = the_rater);
end $$;
--> statement-breakpoint
-- Locks all that it is decided on, and so lets nobody change it before the transaction ends.
create function teacup_lock_submission(the_project uuid, the_rater uuid, the_sitting uuid) returns void language plpgsql as $$
declare
  s sitting := teacup_lock_sitting(the_project, the_rater, the_sitting);
begin
  -- One after the other at the same grid: each must see what the others completed.
  perform from grid where id = s.grid_id for no key update;
end $$;
--> statement-breakpoint
-- Writes what was decided, all of it or nothing. `stamp` is of what was read: where something else is there by now, it was decided on
-- what no longer is, and SQLSTATE TC002 asks for another try.
create function teacup_submit(the_project uuid, the_rater uuid, the_sitting uuid, stamp text, plan jsonb) returns void language plpgsql as $$
declare
  s sitting;
begin
  perform teacup_lock_submission(the_project, the_rater, the_sitting);
  if md5(teacup_submission(the_project, the_rater, the_sitting)::text) is distinct from stamp then
    raise exception 'what the submission was decided on has changed' using errcode = 'TC002';
  end if;
  update sitting set state = 'submitted', submitted_at = now(), later_at = null, is_extra = (plan->>'isExtra')::boolean,
      guideline_version = said."guidelineVersion", painted_at = said."paintedAt", first_action_at = said."firstActionAt",
      active_ms = said."activeMs",
      -- Not asked leaves what stands; asked and left empty takes it back.
      seen_instead = case when plan->'said' ? 'seenInstead' then nullif(said."seenInstead", '') else seen_instead end
    from jsonb_to_record(plan->'said') said ("guidelineVersion" integer, "paintedAt" timestamptz, "firstActionAt" timestamptz,
      "activeMs" integer, "seenInstead" text)
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

--> statement-breakpoint
-- The honest "x of N" of one rater in one project. Its price does not grow with the project: what is free is kept counted, and only who
-- sits somewhere at this moment is looked at, rater by rater.
create function teacup_queue(the_project uuid, the_rater uuid) returns jsonb language plpgsql stable as $$
declare
  mine record;
  counted record;
  taken integer;
  kept integer;
begin
  -- Live sittings that the rater may go on with, and how many of them stand in the way of a free grid.
  select count(*) filter (where is_open and later_at is not null)::int as later, count(*) filter (where is_open and later_at is null)::int as begun,
      count(distinct grid_id) filter (where is_free and occasion = 1)::int as held_free
    into mine from (
      select s.*, r.closed_at is null or s.kind in ('gold', 'training') as is_open,
        g.state = 'open' and g.seats_free > 0 and r.closed_at is null as is_free
      from sitting s join grid g on g.id = s.grid_id join rating_round r on r.project_id = g.project_id and r.number = g.round
      where s.project_id = the_project and s.rater_id = the_rater and s.state = 'live'
    ) live;
  select coalesce(sum(c.n) filter (where c.rater_id is not null and c.field = 'done'), 0)::int as done,
      coalesce(sum(c.n) filter (where c.rater_id is null and c.field = 'free'), 0)::int as free,
      coalesce(sum(c.n) filter (where c.rater_id is not null and c.field = 'behind'), 0)::int as behind
    into counted from rating_count c join rating_round r on r.project_id = c.project_id and r.number = c.round
    where c.project_id = the_project and (c.rater_id = the_rater or c.rater_id is null) and r.closed_at is null;
  -- Free grids at all of whose seats somebody sits now, and neither this rater nor a seat of theirs.
  select count(*) into taken from (
      select grid_id, count(*) as leased from seat
      where project_id = the_project and leased_until > now() and completed_at is null and rater_id is null group by grid_id
    ) held join grid g on g.id = held.grid_id join rating_round r on r.project_id = g.project_id and r.number = g.round
    where g.state = 'open' and g.seats_free > 0 and r.closed_at is null and held.leased = g.seats_free
      and not teacup_is_behind(g.id, the_rater, '{}')
      and not exists (select from seat k where k.grid_id = g.id and k.rater_id = the_rater and k.completed_at is null);
  -- Grids that only this rater may still do: the other seats are done, or kept for others.
  select count(*) into kept from seat k join grid g on g.id = k.grid_id join rating_round r on r.project_id = g.project_id and r.number = g.round
    where k.rater_id = the_rater and k.project_id = the_project and k.completed_at is null and g.state = 'open' and g.seats_free = 0
      and r.closed_at is null and not teacup_is_behind(g.id, the_rater, '{}');
  return jsonb_build_object('done', counted.done, 'later', mine.later, 'begun', mine.begun, 'open',
    mine.later + mine.begun + greatest(0, counted.free - counted.behind - mine.held_free - taken + kept));
end $$;
--> statement-breakpoint
-- The version of the guidelines that a rater last read, or was told of: else the one of their last grid. Null for who has not rated yet:
-- to them no version is new.
create function teacup_told_guideline(the_project uuid, the_rater uuid) returns integer language plpgsql stable as $$
begin
  return coalesce(
    (select (preferences -> 'guidelinesRead' ->> the_project::text)::int from account where id = the_rater),
    (select guideline_version from sitting where project_id = the_project and rater_id = the_rater and state = 'submitted'
      order by submitted_at desc, id desc limit 1));
end $$;
--> statement-breakpoint
-- What this rater wrote about earlier grids of the project, the newest first: nobody else's words, no guess.
create function teacup_own_words(the_project uuid, the_rater uuid) returns jsonb language plpgsql stable as $$
begin
  return (select coalesce(jsonb_agg(seen_instead order by at desc), '[]') from (
    select seen_instead, max(submitted_at) as at from sitting
    where project_id = the_project and rater_id = the_rater and seen_instead is not null
    group by seen_instead order by at desc limit 50) words);
end $$;
--> statement-breakpoint
-- What a rater is shown of one of their grids; nothing where it is not theirs. The rules of what is told are in server/rating/get-sitting.ts.
create function teacup_view(the_project uuid, the_rater uuid, the_sitting uuid) returns jsonb language plpgsql stable as $$
begin
  return (
    select jsonb_build_object('id', s.id, 'state', s.state, 'kind', s.kind, 'mode', s.mode, 'layout', g.layout, 'orderSeed', s.order_seed,
      'note', s.note, 'isGuidelineGap', s.is_guideline_gap, 'seenInstead', s.seen_instead, 'activeMs', s.active_ms, 'version', s.version,
      'conceptA', p.concept_a, 'conceptB', p.concept_b,
      'prompts', (select coalesce(jsonb_agg(t.text order by l.position), '[]') from prompt_set_prompt l join prompt t on t.id = l.prompt_id
        where l.prompt_set_id = g.prompt_set_id),
      'cells', teacup_cells(s), 'lastSeq', teacup_last_seq(s.id))
    from sitting s join grid g on g.id = s.grid_id join pair p on p.id = g.pair_id
    where s.id = the_sitting and s.project_id = the_project and s.rater_id = the_rater);
end $$;
--> statement-breakpoint
-- These sittings in this order, and what is the same beside each of them: all of one moment. A version that says less than the cells beside
-- it would look like another window's work.
create function teacup_views(the_project uuid, the_rater uuid, the_sittings uuid[]) returns jsonb language plpgsql stable as $$
begin
  return (
    select jsonb_build_object('asksDetail', x.asks_detail,
      'ownWords', case when x.asks_detail then teacup_own_words(the_project, the_rater) else '[]' end,
      'guideline', (select jsonb_build_object('version', version, 'text', text) from guideline where project_id = the_project
        order by version desc limit 1),
      'told', teacup_told_guideline(the_project, the_rater),
      'queue', teacup_queue(the_project, the_rater),
      'sittings', (select coalesce(jsonb_agg(view order by place), '[]')
        from unnest(the_sittings) with ordinality asked (id, place), teacup_view(the_project, the_rater, asked.id) view where view is not null))
    from (select coalesce((settings ->> 'detail')::boolean, false) as asks_detail from project where id = the_project) x);
end $$;
