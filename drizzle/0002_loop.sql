CREATE TYPE "public"."budget_kind" AS ENUM('tokens', 'renders', 'rater_ms');--> statement-breakpoint
CREATE TYPE "public"."exemplar_mode" AS ENUM('pinned', 'banned');--> statement-breakpoint
CREATE TYPE "public"."judge" AS ENUM('human', 'simulated');--> statement-breakpoint
CREATE TYPE "public"."loop_step" AS ENUM('propose', 'prompts', 'precheck', 'grid');--> statement-breakpoint
CREATE TYPE "public"."method_input_kind" AS ENUM('moce_order', 'descriptions');--> statement-breakpoint
CREATE TYPE "public"."method_input_source" AS ENUM('llm', 'human', 'default');--> statement-breakpoint
CREATE TYPE "public"."pair_stage" AS ENUM('prompts', 'precheck', 'quick_look', 'grid', 'rating', 'rated');--> statement-breakpoint
CREATE TYPE "public"."phase_state" AS ENUM('closed', 'offered', 'open', 'paused');--> statement-breakpoint
CREATE TYPE "public"."proposal_strategy" AS ENUM('direct', 'two_sets');--> statement-breakpoint
CREATE TYPE "public"."quick_look_kind" AS ENUM('precheck', 'capability');--> statement-breakpoint
CREATE TYPE "public"."quick_look_state" AS ENUM('drawing', 'ready', 'judged', 'failed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."wait_kind" AS ENUM('propose', 'prompts', 'precheck', 'grid', 'review', 'quick_look', 'rating', 'budget', 'saturation');--> statement-breakpoint
ALTER TYPE "public"."exchange_purpose" ADD VALUE 'name_patterns';--> statement-breakpoint
ALTER TYPE "public"."exchange_purpose" ADD VALUE 'guess_latent';--> statement-breakpoint
ALTER TYPE "public"."exchange_purpose" ADD VALUE 'drawing_order';--> statement-breakpoint
ALTER TYPE "public"."exchange_purpose" ADD VALUE 'describe_concepts';--> statement-breakpoint
ALTER TYPE "public"."exchange_purpose" ADD VALUE 'propose_patterns';--> statement-breakpoint
ALTER TYPE "public"."exchange_purpose" ADD VALUE 'concept_sets';--> statement-breakpoint
ALTER TYPE "public"."exchange_purpose" ADD VALUE 'merge_patterns';--> statement-breakpoint
ALTER TYPE "public"."pattern_state" ADD VALUE 'rejected';--> statement-breakpoint
ALTER TYPE "public"."pattern_state" ADD VALUE 'merged';--> statement-breakpoint
CREATE TABLE "budget_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"kind" "budget_kind" NOT NULL,
	"subject" text NOT NULL,
	"reserved" bigint NOT NULL,
	"settled" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "budget_entry_subject_key" UNIQUE("kind","subject"),
	CONSTRAINT "budget_entry_counts" CHECK ("budget_entry"."reserved" >= 0 and "budget_entry"."settled" >= 0)
);
--> statement-breakpoint
CREATE TABLE "budget" (
	"project_id" uuid NOT NULL,
	"kind" "budget_kind" NOT NULL,
	"limit" bigint,
	"reserved" bigint DEFAULT 0 NOT NULL,
	"settled" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "budget_project_id_kind_pk" PRIMARY KEY("project_id","kind"),
	CONSTRAINT "budget_counts" CHECK ("budget"."reserved" >= 0 and "budget"."settled" >= 0)
);
--> statement-breakpoint
CREATE TABLE "concept_vector" (
	"embedder" text NOT NULL,
	"key" text NOT NULL,
	"vector" "bytea" NOT NULL,
	"bands" integer[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "concept_vector_embedder_key_pk" PRIMARY KEY("embedder","key")
);
--> statement-breakpoint
CREATE TABLE "concept" (
	"project_id" uuid NOT NULL,
	"key" text NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "concept_project_id_key_pk" PRIMARY KEY("project_id","key")
);
--> statement-breakpoint
CREATE TABLE "level_count" (
	"project_id" uuid NOT NULL,
	"pattern_id" uuid NOT NULL,
	"phase" integer NOT NULL,
	"generator_revision_id" uuid NOT NULL,
	"source" text NOT NULL,
	"mode" text NOT NULL,
	"level" integer NOT NULL,
	"trivial" text NOT NULL,
	"pairs" integer NOT NULL,
	CONSTRAINT "level_count_pattern_id_phase_generator_revision_id_source_mode_level_trivial_pk" PRIMARY KEY("pattern_id","phase","generator_revision_id","source","mode","level","trivial"),
	CONSTRAINT "level_count_pairs" CHECK ("level_count"."pairs" >= 0)
);
--> statement-breakpoint
CREATE TABLE "pair_count" (
	"project_id" uuid NOT NULL,
	"pattern_id" uuid NOT NULL,
	"phase" integer NOT NULL,
	"origin" text NOT NULL,
	"state" text NOT NULL,
	"stage" text NOT NULL,
	"pairs" integer NOT NULL,
	CONSTRAINT "pair_count_pattern_id_phase_origin_state_stage_pk" PRIMARY KEY("pattern_id","phase","origin","state","stage"),
	CONSTRAINT "pair_count_pairs" CHECK ("pair_count"."pairs" >= 0)
);
--> statement-breakpoint
CREATE TABLE "pair_level" (
	"pair_id" uuid NOT NULL,
	"generator_revision_id" uuid NOT NULL,
	"source" text NOT NULL,
	"project_id" uuid NOT NULL,
	"pattern_id" uuid NOT NULL,
	"phase" integer NOT NULL,
	"level_id" uuid NOT NULL,
	"grid_id" uuid NOT NULL,
	"mode" text NOT NULL,
	"level" integer,
	"correct" integer NOT NULL,
	"rated" integer NOT NULL,
	"is_trivial" boolean,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "pair_level_pair_id_generator_revision_id_source_pk" PRIMARY KEY("pair_id","generator_revision_id","source")
);
--> statement-breakpoint
CREATE TABLE "allocation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"seed" integer NOT NULL,
	"suggestions" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "concept_set" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"pattern_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"concepts_a" text[] NOT NULL,
	"concepts_b" text[] NOT NULL,
	"exchange_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "concept_set_pattern_number_key" UNIQUE("pattern_id","number")
);
--> statement-breakpoint
CREATE TABLE "phase" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"state" "phase_state" NOT NULL,
	"reason" text,
	"opened_by" uuid,
	"opened_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "phase_project_number_key" UNIQUE("project_id","number"),
	CONSTRAINT "phase_number_known" CHECK ("phase"."number" between 1 and 4),
	CONSTRAINT "phase_later_opened_by_person" CHECK ("phase"."number" < 3 or "phase"."state" in ('closed', 'offered') or "phase"."opened_by" is not null)
);
--> statement-breakpoint
CREATE TABLE "quick_look" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"kind" "quick_look_kind" NOT NULL,
	"generator_revision_id" uuid NOT NULL,
	"pair_id" uuid,
	"concept_key" text,
	"concept" text,
	"render_id" uuid NOT NULL,
	"state" "quick_look_state" DEFAULT 'drawing' NOT NULL,
	"reason" text,
	"rated" integer,
	"correct" integer,
	"judge" "judge",
	"judged_by" uuid,
	"judged_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quick_look_subject_key" UNIQUE NULLS NOT DISTINCT("generator_revision_id","kind","pair_id","concept_key"),
	CONSTRAINT "quick_look_has_subject" CHECK (("quick_look"."kind" = 'precheck') = ("quick_look"."pair_id" is not null) and ("quick_look"."kind" = 'capability') = ("quick_look"."concept_key" is not null and "quick_look"."concept" is not null)),
	CONSTRAINT "quick_look_judged_whole" CHECK (("quick_look"."state" = 'judged') = ("quick_look"."correct" is not null and "quick_look"."rated" is not null and "quick_look"."judge" is not null)),
	CONSTRAINT "quick_look_counts" CHECK ("quick_look"."correct" between 0 and "quick_look"."rated")
);
--> statement-breakpoint
CREATE TABLE "waiting" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"kind" "wait_kind" NOT NULL,
	"pattern_id" uuid,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid
);
--> statement-breakpoint
CREATE TABLE "inquiry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"purpose" "exchange_purpose" NOT NULL,
	"pattern_id" uuid,
	"other_pattern_id" uuid,
	"pair_id" uuid,
	"reruns_id" uuid,
	"parameters" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" "work_state" DEFAULT 'queued' NOT NULL,
	"reason" text,
	"requested_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "inquiry_waiting_has_reason" CHECK ("inquiry"."state" <> 'waiting' or "inquiry"."reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "proposal_tally" (
	"project_id" uuid NOT NULL,
	"pattern_id" uuid NOT NULL,
	"proposer" text NOT NULL,
	"key" text NOT NULL,
	"times" integer NOT NULL,
	CONSTRAINT "proposal_tally_pattern_id_proposer_key_pk" PRIMARY KEY("pattern_id","proposer","key"),
	CONSTRAINT "proposal_tally_times" CHECK ("proposal_tally"."times" >= 1)
);
--> statement-breakpoint
CREATE TABLE "saturation" (
	"project_id" uuid NOT NULL,
	"pattern_id" uuid NOT NULL,
	"proposer" text NOT NULL,
	"proposals" integer DEFAULT 0 NOT NULL,
	"distinct" integer DEFAULT 0 NOT NULL,
	"once" integer DEFAULT 0 NOT NULL,
	"twice" integer DEFAULT 0 NOT NULL,
	"dry_batches" integer DEFAULT 0 NOT NULL,
	"is_dry" boolean DEFAULT false NOT NULL,
	"is_confirmed" boolean DEFAULT false NOT NULL,
	"reason" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saturation_pattern_id_proposer_pk" PRIMARY KEY("pattern_id","proposer")
);
--> statement-breakpoint
CREATE TABLE "exemplar" (
	"pair_id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"mode" "exemplar_mode",
	"weight" real DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "exemplar_weight" CHECK ("exemplar"."weight" > 0 and "exemplar"."weight" <= 10)
);
--> statement-breakpoint
CREATE TABLE "guidance" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"pattern_id" uuid,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "guidance_version_key" UNIQUE NULLS NOT DISTINCT("project_id","pattern_id","version")
);
--> statement-breakpoint
CREATE TABLE "method_input" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"pair_id" uuid NOT NULL,
	"kind" "method_input_kind" NOT NULL,
	"number" integer NOT NULL,
	"content" jsonb NOT NULL,
	"source" "method_input_source" NOT NULL,
	"exchange_id" uuid,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "method_input_pair_kind_number_key" UNIQUE("pair_id","kind","number")
);
--> statement-breakpoint
CREATE TABLE "reported_level" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"pair_id" uuid NOT NULL,
	"generator" text,
	"rated_on" text,
	"raters" text,
	"level" integer,
	"correct" integer,
	"rated" integer,
	"source_file" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reported_level_known" CHECK ("reported_level"."level" between 1 and 5),
	CONSTRAINT "reported_level_counts" CHECK ("reported_level"."correct" between 0 and "reported_level"."rated")
);
--> statement-breakpoint
ALTER TABLE "level" DROP CONSTRAINT "level_grid_source_sitting_rule_key";--> statement-breakpoint
ALTER TABLE "batch" ADD COLUMN "strategy" "proposal_strategy" DEFAULT 'direct' NOT NULL;--> statement-breakpoint
ALTER TABLE "batch" ADD COLUMN "temperature" real;--> statement-breakpoint
ALTER TABLE "batch" ADD COLUMN "is_retest" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "batch" ADD COLUMN "judged" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "batch" ADD COLUMN "mean_similarity" real;--> statement-breakpoint
ALTER TABLE "decision" ADD COLUMN "seq" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "decision_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "exchange" ADD COLUMN "inquiry_id" uuid;--> statement-breakpoint
ALTER TABLE "pair" ADD COLUMN "stage" "pair_stage";--> statement-breakpoint
ALTER TABLE "pair" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "pair" ADD COLUMN "variant_of_a" text;--> statement-breakpoint
ALTER TABLE "pair" ADD COLUMN "variant_of_b" text;--> statement-breakpoint
ALTER TABLE "pattern" ADD COLUMN "difference" text;--> statement-breakpoint
ALTER TABLE "pattern" ADD COLUMN "examples" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "pattern" ADD COLUMN "exchange_id" uuid;--> statement-breakpoint
ALTER TABLE "pattern" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "pattern" ADD COLUMN "is_auto" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "pattern" ADD COLUMN "ask_steps" "loop_step"[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "pattern" ADD COLUMN "batch_size" integer DEFAULT 20 NOT NULL;--> statement-breakpoint
ALTER TABLE "pattern" ADD COLUMN "returned" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "pattern" ADD COLUMN "fresh" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "grid" ADD COLUMN "mode" "rating_mode" DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE "sitting" ADD COLUMN "seen_instead" text;--> statement-breakpoint
ALTER TABLE "budget_entry" ADD CONSTRAINT "budget_entry_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget" ADD CONSTRAINT "budget_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concept" ADD CONSTRAINT "concept_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "level_count" ADD CONSTRAINT "level_count_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pair_count" ADD CONSTRAINT "pair_count_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pair_count" ADD CONSTRAINT "pair_count_pattern_id_pattern_id_fk" FOREIGN KEY ("pattern_id") REFERENCES "public"."pattern"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pair_level" ADD CONSTRAINT "pair_level_pair_id_pair_id_fk" FOREIGN KEY ("pair_id") REFERENCES "public"."pair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pair_level" ADD CONSTRAINT "pair_level_generator_revision_id_generator_revision_id_fk" FOREIGN KEY ("generator_revision_id") REFERENCES "public"."generator_revision"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pair_level" ADD CONSTRAINT "pair_level_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concept_set" ADD CONSTRAINT "concept_set_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concept_set" ADD CONSTRAINT "concept_set_pattern_id_pattern_id_fk" FOREIGN KEY ("pattern_id") REFERENCES "public"."pattern"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concept_set" ADD CONSTRAINT "concept_set_exchange_id_exchange_id_fk" FOREIGN KEY ("exchange_id") REFERENCES "public"."exchange"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phase" ADD CONSTRAINT "phase_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phase" ADD CONSTRAINT "phase_opened_by_account_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quick_look" ADD CONSTRAINT "quick_look_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quick_look" ADD CONSTRAINT "quick_look_generator_revision_id_generator_revision_id_fk" FOREIGN KEY ("generator_revision_id") REFERENCES "public"."generator_revision"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quick_look" ADD CONSTRAINT "quick_look_pair_id_pair_id_fk" FOREIGN KEY ("pair_id") REFERENCES "public"."pair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quick_look" ADD CONSTRAINT "quick_look_render_id_render_id_fk" FOREIGN KEY ("render_id") REFERENCES "public"."render"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quick_look" ADD CONSTRAINT "quick_look_judged_by_account_id_fk" FOREIGN KEY ("judged_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting" ADD CONSTRAINT "waiting_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting" ADD CONSTRAINT "waiting_pattern_id_pattern_id_fk" FOREIGN KEY ("pattern_id") REFERENCES "public"."pattern"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting" ADD CONSTRAINT "waiting_ended_by_account_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiry" ADD CONSTRAINT "inquiry_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiry" ADD CONSTRAINT "inquiry_pattern_id_pattern_id_fk" FOREIGN KEY ("pattern_id") REFERENCES "public"."pattern"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiry" ADD CONSTRAINT "inquiry_other_pattern_id_pattern_id_fk" FOREIGN KEY ("other_pattern_id") REFERENCES "public"."pattern"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiry" ADD CONSTRAINT "inquiry_pair_id_pair_id_fk" FOREIGN KEY ("pair_id") REFERENCES "public"."pair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiry" ADD CONSTRAINT "inquiry_requested_by_account_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_tally" ADD CONSTRAINT "proposal_tally_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_tally" ADD CONSTRAINT "proposal_tally_pattern_id_pattern_id_fk" FOREIGN KEY ("pattern_id") REFERENCES "public"."pattern"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saturation" ADD CONSTRAINT "saturation_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saturation" ADD CONSTRAINT "saturation_pattern_id_pattern_id_fk" FOREIGN KEY ("pattern_id") REFERENCES "public"."pattern"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemplar" ADD CONSTRAINT "exemplar_pair_id_pair_id_fk" FOREIGN KEY ("pair_id") REFERENCES "public"."pair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemplar" ADD CONSTRAINT "exemplar_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guidance" ADD CONSTRAINT "guidance_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guidance" ADD CONSTRAINT "guidance_pattern_id_pattern_id_fk" FOREIGN KEY ("pattern_id") REFERENCES "public"."pattern"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guidance" ADD CONSTRAINT "guidance_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "method_input" ADD CONSTRAINT "method_input_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "method_input" ADD CONSTRAINT "method_input_pair_id_pair_id_fk" FOREIGN KEY ("pair_id") REFERENCES "public"."pair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "method_input" ADD CONSTRAINT "method_input_exchange_id_exchange_id_fk" FOREIGN KEY ("exchange_id") REFERENCES "public"."exchange"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "method_input" ADD CONSTRAINT "method_input_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reported_level" ADD CONSTRAINT "reported_level_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reported_level" ADD CONSTRAINT "reported_level_pair_id_pair_id_fk" FOREIGN KEY ("pair_id") REFERENCES "public"."pair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reported_level" ADD CONSTRAINT "reported_level_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "budget_entry_project_idx" ON "budget_entry" USING btree ("project_id","kind");--> statement-breakpoint
CREATE INDEX "level_count_project_idx" ON "level_count" USING btree ("project_id","generator_revision_id","source");--> statement-breakpoint
CREATE INDEX "pair_count_project_idx" ON "pair_count" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "pair_level_project_idx" ON "pair_level" USING btree ("project_id","generator_revision_id","source","level","at");--> statement-breakpoint
CREATE INDEX "pair_level_pattern_idx" ON "pair_level" USING btree ("pattern_id","generator_revision_id","source");--> statement-breakpoint
CREATE INDEX "allocation_project_idx" ON "allocation" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "concept_set_exchange_idx" ON "concept_set" USING btree ("exchange_id");--> statement-breakpoint
CREATE INDEX "quick_look_project_idx" ON "quick_look" USING btree ("project_id","state","id");--> statement-breakpoint
CREATE INDEX "quick_look_pair_idx" ON "quick_look" USING btree ("pair_id");--> statement-breakpoint
CREATE INDEX "quick_look_render_idx" ON "quick_look" USING btree ("render_id");--> statement-breakpoint
CREATE INDEX "quick_look_concept_idx" ON "quick_look" USING btree ("project_id","concept_key");--> statement-breakpoint
CREATE UNIQUE INDEX "waiting_open_key" ON "waiting" USING btree ("project_id","kind",coalesce("pattern_id", "project_id")) WHERE "waiting"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "waiting_pattern_idx" ON "waiting" USING btree ("pattern_id");--> statement-breakpoint
CREATE INDEX "inquiry_project_idx" ON "inquiry" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "inquiry_pattern_idx" ON "inquiry" USING btree ("pattern_id");--> statement-breakpoint
CREATE INDEX "inquiry_other_pattern_idx" ON "inquiry" USING btree ("other_pattern_id");--> statement-breakpoint
CREATE INDEX "inquiry_pair_idx" ON "inquiry" USING btree ("pair_id");--> statement-breakpoint
CREATE INDEX "saturation_project_idx" ON "saturation" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "guidance_pattern_idx" ON "guidance" USING btree ("pattern_id");--> statement-breakpoint
CREATE INDEX "method_input_project_idx" ON "method_input" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "method_input_exchange_idx" ON "method_input" USING btree ("exchange_id");--> statement-breakpoint
CREATE INDEX "reported_level_pair_idx" ON "reported_level" USING btree ("pair_id");--> statement-breakpoint
CREATE INDEX "reported_level_project_idx" ON "reported_level" USING btree ("project_id");--> statement-breakpoint
ALTER TABLE "exchange" ADD CONSTRAINT "exchange_inquiry_id_inquiry_id_fk" FOREIGN KEY ("inquiry_id") REFERENCES "public"."inquiry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pair" ADD CONSTRAINT "pair_batch_id_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pattern" ADD CONSTRAINT "pattern_merged_into_id_pattern_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."pattern"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decision_project_seq_idx" ON "decision" USING btree ("project_id","seq");--> statement-breakpoint
CREATE INDEX "exchange_inquiry_idx" ON "exchange" USING btree ("inquiry_id");--> statement-breakpoint
CREATE INDEX "pair_batch_idx" ON "pair" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "pair_open_stage_idx" ON "pair" USING btree ("pattern_id","stage","id") WHERE "pair"."state" = 'accepted' and "pair"."stage" <> 'rated';--> statement-breakpoint
CREATE INDEX "pair_key_one_idx" ON "pair" USING btree ("project_id",split_part("key", '|', 1));--> statement-breakpoint
CREATE INDEX "pair_key_two_idx" ON "pair" USING btree ("project_id",split_part("key", '|', 2));--> statement-breakpoint
CREATE INDEX "pattern_merged_into_idx" ON "pattern" USING btree ("merged_into_id");--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_seq_key" UNIQUE("seq");--> statement-breakpoint
ALTER TABLE "level" ADD CONSTRAINT "level_grid_source_sitting_rule_key" UNIQUE NULLS NOT DISTINCT("grid_id","source","sitting_id","rule_version","mode");--> statement-breakpoint
ALTER TABLE "pattern" ADD CONSTRAINT "pattern_batch_size" CHECK ("pattern"."batch_size" between 1 and 100);