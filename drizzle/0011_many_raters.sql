-- Many raters: rounds, kinds of seats and sittings, consensus, adjudication, gold. Rewrites pair_level and level_count, one row a rated pair.
CREATE TYPE "public"."adjudication_reason" AS ENUM('slip', 'misread_prompt', 'unclear_concept', 'unclear_image', 'guideline_gap', 'other');--> statement-breakpoint
CREATE TYPE "public"."gold_use" AS ENUM('gold', 'training');--> statement-breakpoint
CREATE TYPE "public"."grid_layout" AS ENUM('columns', 'random');--> statement-breakpoint
CREATE TYPE "public"."seat_kind" AS ENUM('plan', 'boundary', 'audit');--> statement-breakpoint
CREATE TYPE "public"."sitting_kind" AS ENUM('seat', 'repeat', 'gold', 'training');--> statement-breakpoint
CREATE TABLE "adjudication" (
	"grid_id" uuid NOT NULL,
	"image_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"verdict" "verdict_value" NOT NULL,
	"reason" "adjudication_reason" NOT NULL,
	"note" text,
	"is_guideline_gap" boolean DEFAULT false NOT NULL,
	"adjudicated_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "adjudication_grid_id_image_id_pk" PRIMARY KEY("grid_id","image_id"),
	CONSTRAINT "adjudication_decides" CHECK ("adjudication"."verdict" in ('correct', 'incorrect')),
	CONSTRAINT "adjudication_other_has_note" CHECK ("adjudication"."reason" <> 'other' or "adjudication"."note" is not null)
);
--> statement-breakpoint
CREATE TABLE "consensus" (
	"grid_id" uuid NOT NULL,
	"judge" "judge" NOT NULL,
	"project_id" uuid NOT NULL,
	"rule_version" integer NOT NULL,
	"raters" integer NOT NULL,
	"unanimous" integer NOT NULL,
	"majority" integer NOT NULL,
	"adjudicated" integer NOT NULL,
	"open" integer NOT NULL,
	"disagreement" real,
	"is_boundary" boolean NOT NULL,
	"first_level" integer,
	"audited_level" integer,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "consensus_grid_id_judge_pk" PRIMARY KEY("grid_id","judge"),
	CONSTRAINT "consensus_raters" CHECK ("consensus"."raters" >= 1),
	CONSTRAINT "consensus_disagreement" CHECK ("consensus"."disagreement" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "gold_grid" (
	"grid_id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"use" "gold_use" NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "gold_verdict" (
	"grid_id" uuid NOT NULL,
	"image_id" uuid NOT NULL,
	"verdict" "verdict_value" NOT NULL,
	"explanation" text,
	CONSTRAINT "gold_verdict_grid_id_image_id_pk" PRIMARY KEY("grid_id","image_id"),
	CONSTRAINT "gold_verdict_decides" CHECK ("gold_verdict"."verdict" in ('correct', 'incorrect'))
);
--> statement-breakpoint
CREATE TABLE "rating_round" (
	"project_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"opened_by" uuid,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_by" uuid,
	"closed_reason" text,
	CONSTRAINT "rating_round_project_id_number_pk" PRIMARY KEY("project_id","number"),
	CONSTRAINT "rating_round_number" CHECK ("rating_round"."number" >= 1),
	CONSTRAINT "rating_round_closed_has_reason" CHECK (("rating_round"."closed_at" is null) = ("rating_round"."closed_reason" is null))
);
--> statement-breakpoint
ALTER TABLE "level_count" RENAME COLUMN "source" TO "judge";--> statement-breakpoint
ALTER TABLE "pair_level" RENAME COLUMN "source" TO "judge";--> statement-breakpoint
ALTER TABLE "level" DROP CONSTRAINT "level_rater_has_sitting";--> statement-breakpoint
DROP INDEX "level_count_project_idx";--> statement-breakpoint
DROP INDEX "pair_level_project_idx";--> statement-breakpoint
DROP INDEX "pair_level_finds_idx";--> statement-breakpoint
DROP INDEX "pair_level_pattern_idx";--> statement-breakpoint
ALTER TABLE "level_count" DROP CONSTRAINT "level_count_pattern_id_phase_generator_revision_id_source_mode_level_trivial_pk";--> statement-breakpoint
ALTER TABLE "pair_level" DROP CONSTRAINT "pair_level_pair_id_generator_revision_id_source_pk";--> statement-breakpoint
ALTER TABLE "level_count" ADD CONSTRAINT "level_count_pattern_id_phase_generator_revision_id_judge_mode_level_trivial_pk" PRIMARY KEY("pattern_id","phase","generator_revision_id","judge","mode","level","trivial");--> statement-breakpoint
ALTER TABLE "pair_level" ADD CONSTRAINT "pair_level_pair_id_generator_revision_id_judge_pk" PRIMARY KEY("pair_id","generator_revision_id","judge");--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "raters_per_grid" integer;--> statement-breakpoint
ALTER TABLE "grid" ADD COLUMN "raters" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "grid" ADD COLUMN "layout" "grid_layout" DEFAULT 'columns' NOT NULL;--> statement-breakpoint
ALTER TABLE "seat" ADD COLUMN "kind" "seat_kind" DEFAULT 'plan' NOT NULL;--> statement-breakpoint
ALTER TABLE "seat" ADD COLUMN "rater_id" uuid;--> statement-breakpoint
ALTER TABLE "sitting" ADD COLUMN "kind" "sitting_kind" DEFAULT 'seat' NOT NULL;--> statement-breakpoint
ALTER TABLE "sitting" ADD COLUMN "is_guideline_gap" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sitting" ADD COLUMN "client_submitted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sitting" ADD COLUMN "version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "guideline" ADD COLUMN "examples" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "adjudication" ADD CONSTRAINT "adjudication_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adjudication" ADD CONSTRAINT "adjudication_adjudicated_by_account_id_fk" FOREIGN KEY ("adjudicated_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adjudication" ADD CONSTRAINT "adjudication_grid_image_fk" FOREIGN KEY ("grid_id","image_id") REFERENCES "public"."grid_image"("grid_id","image_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consensus" ADD CONSTRAINT "consensus_grid_id_grid_id_fk" FOREIGN KEY ("grid_id") REFERENCES "public"."grid"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consensus" ADD CONSTRAINT "consensus_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gold_grid" ADD CONSTRAINT "gold_grid_grid_id_grid_id_fk" FOREIGN KEY ("grid_id") REFERENCES "public"."grid"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gold_grid" ADD CONSTRAINT "gold_grid_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gold_grid" ADD CONSTRAINT "gold_grid_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gold_verdict" ADD CONSTRAINT "gold_verdict_grid_id_gold_grid_grid_id_fk" FOREIGN KEY ("grid_id") REFERENCES "public"."gold_grid"("grid_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gold_verdict" ADD CONSTRAINT "gold_verdict_grid_image_fk" FOREIGN KEY ("grid_id","image_id") REFERENCES "public"."grid_image"("grid_id","image_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rating_round" ADD CONSTRAINT "rating_round_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rating_round" ADD CONSTRAINT "rating_round_opened_by_account_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rating_round" ADD CONSTRAINT "rating_round_closed_by_account_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "adjudication_by_idx" ON "adjudication" USING btree ("adjudicated_by");--> statement-breakpoint
CREATE INDEX "adjudication_project_idx" ON "adjudication" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "consensus_open_idx" ON "consensus" USING btree ("project_id","disagreement") WHERE "consensus"."open" > 0;--> statement-breakpoint
CREATE INDEX "consensus_boundary_idx" ON "consensus" USING btree ("project_id") WHERE "consensus"."is_boundary";--> statement-breakpoint
CREATE INDEX "gold_grid_project_idx" ON "gold_grid" USING btree ("project_id","use");--> statement-breakpoint
-- Each project begins with an open round; whoever makes a project need not think of it.
create function teacup_first_round() returns trigger language plpgsql as $$
begin
  insert into rating_round (project_id, number) values (new.id, 1);
  return null;
end $$;
--> statement-breakpoint
create trigger project_first_round after insert on project
  for each row execute function teacup_first_round();
--> statement-breakpoint
insert into rating_round (project_id, number, opened_at) select id, 1, created_at from project;
--> statement-breakpoint
ALTER TABLE "grid" ADD CONSTRAINT "grid_round_fk" FOREIGN KEY ("project_id","round") REFERENCES "public"."rating_round"("project_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat" ADD CONSTRAINT "seat_rater_id_account_id_fk" FOREIGN KEY ("rater_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "seat_rater_idx" ON "seat" USING btree ("rater_id") WHERE "seat"."rater_id" is not null;--> statement-breakpoint
CREATE INDEX "level_count_project_idx" ON "level_count" USING btree ("project_id","generator_revision_id","judge");--> statement-breakpoint
CREATE INDEX "pair_level_project_idx" ON "pair_level" USING btree ("project_id","generator_revision_id","judge","level","at");--> statement-breakpoint
CREATE INDEX "pair_level_finds_idx" ON "pair_level" USING btree ("project_id","generator_revision_id","judge","phase","at") WHERE "pair_level"."level" = 5 and "pair_level"."is_trivial" is not true;--> statement-breakpoint
CREATE INDEX "pair_level_pattern_idx" ON "pair_level" USING btree ("pattern_id","generator_revision_id","judge");--> statement-breakpoint
ALTER TABLE "seat" ADD CONSTRAINT "seat_grid_rater_key" UNIQUE("grid_id","rater_id");--> statement-breakpoint
ALTER TABLE "grid" ADD CONSTRAINT "grid_raters" CHECK ("grid"."raters" between 1 and 20);--> statement-breakpoint
ALTER TABLE "sitting" ADD CONSTRAINT "sitting_repeat_is_later" CHECK (("sitting"."kind" = 'repeat') = ("sitting"."occasion" > 1));--> statement-breakpoint
ALTER TABLE "sitting" ADD CONSTRAINT "sitting_active_ms" CHECK ("sitting"."active_ms" >= 0);--> statement-breakpoint
ALTER TABLE "level" ADD CONSTRAINT "level_joint_has_no_sitting" CHECK ("level"."source" not in ('consensus', 'adjudicated') or "level"."sitting_id" is null);--> statement-breakpoint
ALTER TABLE "level" ADD CONSTRAINT "level_rater_has_sitting" CHECK ("level"."source" <> 'rater' or "level"."sitting_id" is not null);--> statement-breakpoint
update grid set layout = 'random' where mode = 'screen';
--> statement-breakpoint
-- The Level of record of (pair, generator revision, judge), where judge keeps people, programs and simulated raters apart.
-- A full Level before a screened one, the newest round first; what several agreed on or one settled before what one rater
-- found, who counts alone only where one was planned. A screened Level goes on to count while its grid is completed.
create view level_of_record as
  select distinct on (grid.pair_id, grid.generator_revision_id, judge)
    grid.project_id, grid.pair_id, grid.generator_revision_id,
    case l.source when 'simulated' then 'simulated' when 'automatic' then 'automatic' else 'human' end as judge,
    l.id as level_id, l.grid_id, l.mode::text as mode, l.level, l.correct, l.rated, l.created_at
  from level l
    join grid on grid.id = l.grid_id
    left join seat on seat.sitting_id = l.sitting_id
  where grid.purpose = 'mining'
    and (l.sitting_id is null
      or (seat.completed_at is not null and seat.kind = 'plan' and grid.raters = 1)
      or (l.mode = 'screen' and grid.mode = 'full'))
  order by grid.pair_id, grid.generator_revision_id, judge, (l.mode = 'full') desc, grid.round desc,
    (l.source = 'adjudicated') desc, (l.sitting_id is null) desc, seat.number, l.created_at desc;
--> statement-breakpoint
create or replace function teacup_record_levels(the_grid uuid) returns void language plpgsql as $$
declare
  g record;
begin
  select pair_id, generator_revision_id, purpose into g from grid where id = the_grid;
  if g.purpose is distinct from 'mining' then
    return;
  end if;
  with record as (
    select * from level_of_record r where r.pair_id = g.pair_id and r.generator_revision_id = g.generator_revision_id
  ), gone as (
    delete from pair_level p where p.pair_id = g.pair_id and p.generator_revision_id = g.generator_revision_id
      and not exists (select from record r where r.judge = p.judge)
  )
  insert into pair_level (pair_id, generator_revision_id, judge, project_id, pattern_id, phase, level_id, grid_id, mode, level, correct, rated, is_trivial, at)
    select g.pair_id, g.generator_revision_id, r.judge, pair.project_id, pair.pattern_id, pair.phase, r.level_id, r.grid_id, r.mode, r.level, r.correct, r.rated,
      teacup_is_trivial(g.pair_id, g.generator_revision_id, r.level), r.created_at
    from record r join pair on pair.id = g.pair_id
    on conflict (pair_id, generator_revision_id, judge) do update
      set level_id = excluded.level_id, grid_id = excluded.grid_id, mode = excluded.mode, level = excluded.level, correct = excluded.correct,
        rated = excluded.rated, is_trivial = excluded.is_trivial, at = excluded.at;
end $$;
--> statement-breakpoint
create or replace function teacup_count_levels() returns trigger language plpgsql as $$
declare
  moved record;
begin
  for moved in
    select (l).project_id, (l).pattern_id, (l).phase, (l).generator_revision_id as revision, (l).judge, (l).mode,
      coalesce((l).level, 0) as level, teacup_trivial_word((l).is_trivial) as trivial, sum(n)::int as n
    from (select new as l, 1 as n where tg_op <> 'DELETE' union all select old, -1 where tg_op <> 'INSERT') both_sides
    group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0 order by 2, 3, 4, 5, 6, 7, 8
  loop
    insert into level_count (project_id, pattern_id, phase, generator_revision_id, judge, mode, level, trivial, pairs)
      values (moved.project_id, moved.pattern_id, moved.phase, moved.revision, moved.judge, moved.mode, moved.level, moved.trivial, greatest(moved.n, 0))
      on conflict (pattern_id, phase, generator_revision_id, judge, mode, level, trivial) do update set pairs = level_count.pairs + moved.n;
  end loop;
  return null;
end $$;
--> statement-breakpoint
-- In this order: its triggers count the old rows out first.
delete from pair_level;
--> statement-breakpoint
delete from level_count;
--> statement-breakpoint
select teacup_record_levels(grid_id) from (select distinct grid_id from level) graded;
