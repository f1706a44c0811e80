CREATE TABLE "claim_marker" (
	"project_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"rater_id" uuid NOT NULL,
	"minus_priority" integer NOT NULL,
	"seats_done" integer NOT NULL,
	"grid_id" uuid NOT NULL,
	"seen" bigint NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "claim_marker_project_id_round_rater_id_pk" PRIMARY KEY("project_id","round","rater_id")
);
--> statement-breakpoint
DROP INDEX "seat_rater_idx";--> statement-breakpoint
DROP INDEX "grid_claim_idx";--> statement-breakpoint
ALTER TABLE "grid" ADD COLUMN "offered_by" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "claim_marker" ADD CONSTRAINT "claim_marker_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_marker" ADD CONSTRAINT "claim_marker_rater_id_account_id_fk" FOREIGN KEY ("rater_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "grid_offered_idx" ON "grid" USING btree ("project_id","round","offered_by") WHERE "grid"."state" = 'open' and "grid"."seats_free" > 0;--> statement-breakpoint
CREATE INDEX "seat_kept_idx" ON "seat" USING btree ("rater_id") WHERE "seat"."rater_id" is not null and "seat"."completed_at" is null;--> statement-breakpoint
CREATE INDEX "grid_claim_idx" ON "grid" USING btree ("project_id","round",(-"priority"),"seats_done","id") WHERE "grid"."state" = 'open' and "grid"."seats_free" > 0;--> statement-breakpoint
-- A hint for the next search of the same rater: what a crash empties is found again.
alter table claim_marker set unlogged;
--> statement-breakpoint
-- Kept for nobody who could do them.
update seat set rater_id = null where rater_id is not null and completed_at is null
  and not exists (select from membership m where m.project_id = seat.project_id and m.account_id = seat.rater_id);
--> statement-breakpoint
-- Whatever brings a grid further to the front, or makes it free, so that a search which begins behind it must look at it again.
create function teacup_offer_grid() returns trigger language plpgsql as $$
begin
  new.offered_by := pg_current_xact_id()::text::bigint;
  return new;
end $$;
--> statement-breakpoint
create trigger grid_made before insert on grid for each row execute function teacup_offer_grid();
--> statement-breakpoint
create trigger grid_offered before update of priority, state, round, seats_done, seats_free on grid for each row
  when (new.round <> old.round or new.priority > old.priority or new.seats_done < old.seats_done
    or (new.state = 'open' and new.seats_free > 0 and not (old.state = 'open' and old.seats_free > 0)))
  execute function teacup_offer_grid();
--> statement-breakpoint
-- Where the search of this rater in this round begins: before it, only what was offered since, or what they gave back, can be for them. One
-- of an hour ago is not trusted, nor one of a database's earlier life, which a copy of it may carry along.
create function teacup_claim_start(the_project uuid, the_rater uuid, the_round integer) returns claim_marker language sql stable as $$
  select * from claim_marker
    where project_id = the_project and rater_id = the_rater and round = the_round and set_at > now() - interval '1 hour'
      and seen <= pg_snapshot_xmin(pg_current_snapshot())::text::bigint
$$;
--> statement-breakpoint
create function teacup_set_claim_start(the_project uuid, the_rater uuid, the_round integer, minus integer, done integer, the_grid uuid, seen_from bigint) returns void language plpgsql as $$
begin
  insert into claim_marker as m (project_id, rater_id, round, minus_priority, seats_done, grid_id, seen, set_at)
    values (the_project, the_rater, the_round, minus, done, the_grid, seen_from, now())
    on conflict (project_id, round, rater_id) do update set minus_priority = excluded.minus_priority, seats_done = excluded.seats_done,
      grid_id = excluded.grid_id, seen = excluded.seen, set_at = excluded.set_at
    where (m.minus_priority, m.seats_done, m.grid_id) <> (excluded.minus_priority, excluded.seats_done, excluded.grid_id)
      or m.set_at < now() - interval '1 minute';
end $$;
--> statement-breakpoint
create function teacup_lock_free_seat(the_grid uuid) returns seat language sql volatile as $$
  select * from seat
    where grid_id = the_grid and rater_id is null and completed_at is null and (leased_until is null or leased_until < now())
    order by number limit 1 for update skip locked
$$;
--> statement-breakpoint
-- A free seat, locked: one kept for this rater first; then by priority, and among equals where the fewest are done. The lease lives on
-- the locked row itself, and a row that another is just taking is passed over, not waited for. What the rater has done already stands in
-- front more and more; so a search begins where the one before found its first grid, with a look at what has come before that place since.
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
      select g.id, -g.priority as minus_priority, g.seats_done from grid g
        where g.id in (
            select id from grid
              where project_id = the_project and round = open_round.number and state = 'open' and seats_free > 0 and offered_by >= start.seen
            union all
            select grid_id from sitting where project_id = the_project and rater_id = the_rater and state = 'given_back')
          and g.project_id = the_project and g.round = open_round.number and g.state = 'open' and g.seats_free > 0
          and (-g.priority, g.seats_done, g.id) < (start.minus_priority, start.seats_done, start.grid_id)
          and not teacup_is_behind(g.id, the_rater, held)
        order by -g.priority, g.seats_done, g.id
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
    for candidate in
      select g.id, -g.priority as minus_priority, g.seats_done from grid g
        where g.project_id = the_project and g.round = open_round.number and g.state = 'open' and g.seats_free > 0
          and (-g.priority, g.seats_done, g.id) >= (coalesce(start.minus_priority, -2147483647), coalesce(start.seats_done, 0),
            coalesce(start.grid_id, '00000000-0000-0000-0000-000000000000'))
          and not teacup_is_behind(g.id, the_rater, held)
        order by -g.priority, g.seats_done, g.id
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
    -- Nothing there is for this rater, up to the very end.
    if is_first then
      perform teacup_set_claim_start(the_project, the_rater, open_round.number, 2147483647, 2147483647, 'ffffffff-ffff-ffff-ffff-ffffffffffff', seen_from);
    end if;
  end loop;
  return null;
end $$;
