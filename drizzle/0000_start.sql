CREATE TYPE "public"."attempt_outcome" AS ENUM('done', 'failed', 'expired', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."duplicate_step" AS ENUM('exact', 'lexical', 'embedding');--> statement-breakpoint
CREATE TYPE "public"."exchange_outcome" AS ENUM('pending', 'parsed', 'unparsable', 'invalid', 'refused', 'truncated', 'failed');--> statement-breakpoint
CREATE TYPE "public"."exchange_purpose" AS ENUM('expand_pattern', 'write_prompts');--> statement-breakpoint
CREATE TYPE "public"."export_state" AS ENUM('queued', 'running', 'done', 'failed');--> statement-breakpoint
CREATE TYPE "public"."grid_state" AS ENUM('open', 'closed');--> statement-breakpoint
CREATE TYPE "public"."level_source" AS ENUM('rater', 'consensus', 'adjudicated', 'automatic', 'simulated');--> statement-breakpoint
CREATE TYPE "public"."pair_origin" AS ENUM('human', 'llm', 'import');--> statement-breakpoint
CREATE TYPE "public"."pair_state" AS ENUM('proposed', 'accepted', 'rejected', 'set_aside');--> statement-breakpoint
CREATE TYPE "public"."pattern_category" AS ENUM('lcmis', 'traditional');--> statement-breakpoint
CREATE TYPE "public"."pattern_state" AS ENUM('proposed', 'approved', 'retired');--> statement-breakpoint
CREATE TYPE "public"."project_role" AS ENUM('owner', 'researcher', 'expert');--> statement-breakpoint
CREATE TYPE "public"."prompt_kind" AS ENUM('scene', 'plain', 'concept', 'free');--> statement-breakpoint
CREATE TYPE "public"."proposal_outcome" AS ENUM('new', 'duplicate', 'invalid', 'overruled');--> statement-breakpoint
CREATE TYPE "public"."rating_mode" AS ENUM('full', 'screen');--> statement-breakpoint
CREATE TYPE "public"."reject_reason" AS ENUM('same_as_twin', 'cannot_be_drawn', 'unclear', 'plainly_fine', 'off_pattern', 'unsafe', 'other');--> statement-breakpoint
CREATE TYPE "public"."render_state" AS ENUM('queued', 'leased', 'done', 'failed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."run_purpose" AS ENUM('precheck', 'capability', 'mining', 'repair', 'replicate');--> statement-breakpoint
CREATE TYPE "public"."run_state" AS ENUM('active', 'done', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."sitting_state" AS ENUM('live', 'submitted', 'given_back', 'cannot_judge');--> statement-breakpoint
CREATE TYPE "public"."text_author" AS ENUM('llm', 'human');--> statement-breakpoint
CREATE TYPE "public"."verdict_method" AS ENUM('direct', 'bulk', 'undo');--> statement-breakpoint
CREATE TYPE "public"."verdict_value" AS ENUM('correct', 'incorrect', 'broken');--> statement-breakpoint
CREATE TYPE "public"."work_state" AS ENUM('queued', 'running', 'waiting', 'done', 'cancelled');--> statement-breakpoint
CREATE TABLE "blob" (
	"sha256" char(64) PRIMARY KEY NOT NULL,
	"bytes" bigint NOT NULL,
	"mime" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bridge" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"token_hash" char(64) NOT NULL,
	"is_embedded" boolean DEFAULT false NOT NULL,
	"last_seen_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bridge_name_key" UNIQUE("name"),
	CONSTRAINT "bridge_token_hash_key" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "endpoint" (
	"id" uuid PRIMARY KEY NOT NULL,
	"bridge_id" uuid NOT NULL,
	"name" text NOT NULL,
	"contract_version" integer NOT NULL,
	"description" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"health" text DEFAULT 'unknown' NOT NULL,
	"concurrency" integer DEFAULT 1 NOT NULL,
	"last_seen_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "endpoint_bridge_name_key" UNIQUE("bridge_id","name")
);
--> statement-breakpoint
CREATE TABLE "generator_revision" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"generator_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"endpoint_name" text NOT NULL,
	"method" text NOT NULL,
	"parameters" jsonb NOT NULL,
	"content_hash" char(64) NOT NULL,
	"weights_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "generator_revision_number_key" UNIQUE("generator_id","number"),
	CONSTRAINT "generator_revision_content_key" UNIQUE("generator_id","content_hash")
);
--> statement-breakpoint
CREATE TABLE "generator" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "generator_project_name_key" UNIQUE("project_id","name")
);
--> statement-breakpoint
CREATE TABLE "image" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"render_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"seed" integer NOT NULL,
	"sha256" char(64) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "image_render_position_key" UNIQUE("render_id","position")
);
--> statement-breakpoint
CREATE TABLE "render_attempt" (
	"id" uuid PRIMARY KEY NOT NULL,
	"render_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"bridge_id" uuid,
	"outcome" "attempt_outcome" NOT NULL,
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "render_attempt_key" UNIQUE("render_id","attempt")
);
--> statement-breakpoint
CREATE TABLE "render" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"prompt_id" uuid NOT NULL,
	"generator_revision_id" uuid NOT NULL,
	"seed_set_id" uuid NOT NULL,
	"endpoint_name" text NOT NULL,
	"input" jsonb NOT NULL,
	"input_hash" char(64) NOT NULL,
	"state" "render_state" DEFAULT 'queued' NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"lease_token" uuid,
	"leased_by" uuid,
	"leased_until" timestamp with time zone,
	"not_before" timestamp with time zone DEFAULT now() NOT NULL,
	"reason" text,
	"evals" integer,
	"backwards" integer,
	"timings" jsonb,
	"trace" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "render_input_key" UNIQUE("prompt_id","generator_revision_id","input_hash"),
	CONSTRAINT "render_leased_whole" CHECK (("render"."state" = 'leased') = ("render"."lease_token" is not null and "render"."leased_until" is not null and "render"."leased_by" is not null)),
	CONSTRAINT "render_failed_has_reason" CHECK ("render"."state" <> 'failed' or "render"."reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "run_pair" (
	"run_id" uuid NOT NULL,
	"pair_id" uuid NOT NULL,
	"prompt_set_id" uuid NOT NULL,
	CONSTRAINT "run_pair_run_id_pair_id_pk" PRIMARY KEY("run_id","pair_id")
);
--> statement-breakpoint
CREATE TABLE "run_render" (
	"run_id" uuid NOT NULL,
	"render_id" uuid NOT NULL,
	"pair_id" uuid,
	"position" integer NOT NULL,
	CONSTRAINT "run_render_run_id_render_id_pk" PRIMARY KEY("run_id","render_id")
);
--> statement-breakpoint
CREATE TABLE "run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"generator_revision_id" uuid NOT NULL,
	"seed_set_id" uuid NOT NULL,
	"purpose" "run_purpose" NOT NULL,
	"state" "run_state" DEFAULT 'active' NOT NULL,
	"started_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "run_project_number_key" UNIQUE("project_id","number")
);
--> statement-breakpoint
CREATE TABLE "seed_set" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"purpose" "run_purpose" NOT NULL,
	"seeds" integer[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "seed_set_project_number_key" UNIQUE("project_id","number")
);
--> statement-breakpoint
CREATE TABLE "batch" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"pattern_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"proposer" text NOT NULL,
	"state" "work_state" DEFAULT 'queued' NOT NULL,
	"reason" text,
	"asked" integer NOT NULL,
	"returned" integer DEFAULT 0 NOT NULL,
	"fresh" integer DEFAULT 0 NOT NULL,
	"seed" integer NOT NULL,
	"requested_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "batch_pattern_number_key" UNIQUE("pattern_id","number"),
	CONSTRAINT "batch_asked_positive" CHECK ("batch"."asked" between 1 and 100),
	CONSTRAINT "batch_waiting_has_reason" CHECK ("batch"."state" <> 'waiting' or "batch"."reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "decision" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"subject_id" uuid,
	"payload" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exchange" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"purpose" "exchange_purpose" NOT NULL,
	"batch_id" uuid,
	"pair_id" uuid,
	"template_version" text NOT NULL,
	"model" text NOT NULL,
	"parameters" jsonb NOT NULL,
	"messages" jsonb NOT NULL,
	"answer" text,
	"outcome" "exchange_outcome" DEFAULT 'pending' NOT NULL,
	"reason" text,
	"tokens_in" integer,
	"tokens_out" integer,
	"latency_ms" integer,
	"repairs_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "pair" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"pattern_id" uuid NOT NULL,
	"concept_a" text NOT NULL,
	"concept_b" text NOT NULL,
	"latent" text,
	"key" text NOT NULL,
	"phase" integer NOT NULL,
	"origin" "pair_origin" NOT NULL,
	"state" "pair_state" NOT NULL,
	"reason" "reject_reason",
	"reason_text" text,
	"rationale" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"prompts_state" "work_state",
	"prompts_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pair_project_key" UNIQUE("project_id","key"),
	CONSTRAINT "pair_id_project_key" UNIQUE("id","project_id"),
	CONSTRAINT "pair_concepts_differ" CHECK (lower("pair"."concept_a") <> lower("pair"."concept_b")),
	CONSTRAINT "pair_rejected_has_reason" CHECK ("pair"."state" <> 'rejected' or "pair"."reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "pattern_parent" (
	"child_id" uuid NOT NULL,
	"parent_id" uuid NOT NULL,
	CONSTRAINT "pattern_parent_child_id_parent_id_pk" PRIMARY KEY("child_id","parent_id"),
	CONSTRAINT "pattern_parent_not_self" CHECK ("pattern_parent"."child_id" <> "pattern_parent"."parent_id")
);
--> statement-breakpoint
CREATE TABLE "pattern" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"definition" text DEFAULT '' NOT NULL,
	"category" "pattern_category" NOT NULL,
	"phase" integer DEFAULT 1 NOT NULL,
	"state" "pattern_state" DEFAULT 'approved' NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pattern_project_name_key" UNIQUE("project_id","name_key"),
	CONSTRAINT "pattern_phase_known" CHECK ("pattern"."phase" in (1, 3, 4))
);
--> statement-breakpoint
CREATE TABLE "prompt_set_prompt" (
	"prompt_set_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"prompt_id" uuid NOT NULL,
	CONSTRAINT "prompt_set_prompt_prompt_set_id_position_pk" PRIMARY KEY("prompt_set_id","position"),
	CONSTRAINT "prompt_set_prompt_position" CHECK ("prompt_set_prompt"."position" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "prompt_set" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"pair_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "prompt_set_pair_number_key" UNIQUE("pair_id","number")
);
--> statement-breakpoint
CREATE TABLE "prompt" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"kind" "prompt_kind" NOT NULL,
	"pair_id" uuid,
	"text" text NOT NULL,
	"author" text_author NOT NULL,
	"exchange_id" uuid,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "prompt_scene_has_pair" CHECK ("prompt"."kind" not in ('scene', 'plain') or "prompt"."pair_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "proposal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"concept_a" text NOT NULL,
	"concept_b" text NOT NULL,
	"latent" text,
	"rationale" text,
	"key" text NOT NULL,
	"outcome" "proposal_outcome" NOT NULL,
	"reason" text,
	"twin_id" uuid,
	"step" "duplicate_step",
	"similarity" real,
	"pair_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "proposal_batch_ordinal_key" UNIQUE("batch_id","ordinal"),
	CONSTRAINT "proposal_new_has_pair" CHECK ("proposal"."outcome" <> 'new' or "proposal"."pair_id" is not null),
	CONSTRAINT "proposal_duplicate_has_step" CHECK ("proposal"."outcome" <> 'duplicate' or "proposal"."step" is not null)
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"mail" text NOT NULL,
	"password_hash" text,
	"session_version" integer DEFAULT 1 NOT NULL,
	"is_admin" boolean DEFAULT false NOT NULL,
	"is_simulated" boolean DEFAULT false NOT NULL,
	"preferences" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_simulated_has_no_password" CHECK (not "account"."is_simulated" or "account"."password_hash" is null)
);
--> statement-breakpoint
CREATE TABLE "audit_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" bigserial NOT NULL,
	"actor_id" uuid,
	"project_id" uuid,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"prev_hash" char(64) NOT NULL,
	"hash" char(64) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_event_number_key" UNIQUE("number"),
	CONSTRAINT "audit_event_prev_hash_key" UNIQUE("prev_hash")
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"role" "project_role" NOT NULL,
	"token_hash" char(64) NOT NULL,
	"invited_by" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_by" uuid,
	"used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invitation_token_hash_key" UNIQUE("token_hash"),
	CONSTRAINT "invitation_used_whole" CHECK (("invitation"."used_by" is null) = ("invitation"."used_at" is null))
);
--> statement-breakpoint
CREATE TABLE "membership" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"role" "project_role" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "membership_project_account_key" UNIQUE("project_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "password_reset" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"token_hash" char(64) NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "password_reset_token_hash_key" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "sign_in_failure" (
	"id" uuid PRIMARY KEY NOT NULL,
	"mail_hash" char(64) NOT NULL,
	"address" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "project" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_slug_key" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "grid_image" (
	"grid_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"image_id" uuid NOT NULL,
	CONSTRAINT "grid_image_grid_id_position_pk" PRIMARY KEY("grid_id","position"),
	CONSTRAINT "grid_image_grid_image_key" UNIQUE("grid_id","image_id")
);
--> statement-breakpoint
CREATE TABLE "grid" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"pair_id" uuid NOT NULL,
	"generator_revision_id" uuid NOT NULL,
	"prompt_set_id" uuid NOT NULL,
	"seed_set_id" uuid NOT NULL,
	"protocol_version" integer DEFAULT 1 NOT NULL,
	"round" integer DEFAULT 1 NOT NULL,
	"purpose" "run_purpose" NOT NULL,
	"state" "grid_state" DEFAULT 'open' NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "grid_content_key" UNIQUE("pair_id","generator_revision_id","prompt_set_id","seed_set_id","protocol_version","round")
);
--> statement-breakpoint
CREATE TABLE "guideline" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "guideline_project_version_key" UNIQUE("project_id","version")
);
--> statement-breakpoint
CREATE TABLE "level" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"grid_id" uuid NOT NULL,
	"source" "level_source" NOT NULL,
	"sitting_id" uuid,
	"rule_version" integer NOT NULL,
	"mode" "rating_mode" NOT NULL,
	"correct" integer NOT NULL,
	"rated" integer NOT NULL,
	"level" integer,
	"low" real NOT NULL,
	"high" real NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "level_grid_source_sitting_rule_key" UNIQUE NULLS NOT DISTINCT("grid_id","source","sitting_id","rule_version"),
	CONSTRAINT "level_rater_has_sitting" CHECK ("level"."source" not in ('rater', 'simulated') or "level"."sitting_id" is not null),
	CONSTRAINT "level_counts" CHECK ("level"."correct" between 0 and "level"."rated"),
	CONSTRAINT "level_full_follows_rule" CHECK ("level"."mode" <> 'full' or ("level"."rated" = 20 and "level"."level" is not null and "level"."level" = 5 - ceil(least("level"."correct", 20) / 5.0)::int)),
	CONSTRAINT "level_screen_is_censored" CHECK ("level"."mode" <> 'screen' or "level"."correct" = 0 or "level"."level" is null)
);
--> statement-breakpoint
CREATE TABLE "seat" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"grid_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"sitting_id" uuid,
	"leased_until" timestamp with time zone,
	"completed_at" timestamp with time zone,
	CONSTRAINT "seat_grid_number_key" UNIQUE("grid_id","number"),
	CONSTRAINT "seat_sitting_key" UNIQUE("sitting_id"),
	CONSTRAINT "seat_completed_has_sitting" CHECK ("seat"."completed_at" is null or "seat"."sitting_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "sitting" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"grid_id" uuid NOT NULL,
	"rater_id" uuid NOT NULL,
	"occasion" integer DEFAULT 1 NOT NULL,
	"mode" "rating_mode" DEFAULT 'full' NOT NULL,
	"state" "sitting_state" DEFAULT 'live' NOT NULL,
	"reason" text,
	"note" text,
	"order_seed" integer DEFAULT 0 NOT NULL,
	"guideline_version" integer DEFAULT 1 NOT NULL,
	"later_at" timestamp with time zone,
	"painted_at" timestamp with time zone,
	"first_action_at" timestamp with time zone,
	"submitted_at" timestamp with time zone,
	"active_ms" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sitting_grid_rater_occasion_key" UNIQUE("grid_id","rater_id","occasion"),
	CONSTRAINT "sitting_id_grid_key" UNIQUE("id","grid_id"),
	CONSTRAINT "sitting_cannot_judge_has_reason" CHECK ("sitting"."state" <> 'cannot_judge' or "sitting"."reason" is not null),
	CONSTRAINT "sitting_submitted_has_time" CHECK ("sitting"."state" <> 'submitted' or "sitting"."submitted_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "verdict_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sitting_id" uuid NOT NULL,
	"grid_id" uuid NOT NULL,
	"image_id" uuid NOT NULL,
	"verdict" "verdict_value",
	"detail" jsonb,
	"method" "verdict_method" NOT NULL,
	"client_key" uuid NOT NULL,
	"client_seq" integer NOT NULL,
	"client_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "verdict_event_sitting_client_key" UNIQUE("sitting_id","client_key"),
	CONSTRAINT "verdict_event_id_sitting_image_key" UNIQUE("id","sitting_id","image_id")
);
--> statement-breakpoint
CREATE TABLE "verdict" (
	"sitting_id" uuid NOT NULL,
	"image_id" uuid NOT NULL,
	"verdict" "verdict_value" NOT NULL,
	"detail" jsonb,
	"event_id" uuid NOT NULL,
	"client_seq" integer NOT NULL,
	CONSTRAINT "verdict_sitting_id_image_id_pk" PRIMARY KEY("sitting_id","image_id")
);
--> statement-breakpoint
CREATE TABLE "export" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"requested_by" uuid,
	"state" "export_state" DEFAULT 'queued' NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"reason" text,
	"sha256" char(64),
	"bytes" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "export_done_has_file" CHECK ("export"."state" <> 'done' or "export"."sha256" is not null)
);
--> statement-breakpoint
CREATE TABLE "heartbeat" (
	"process" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bridge" ADD CONSTRAINT "bridge_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_bridge_id_bridge_id_fk" FOREIGN KEY ("bridge_id") REFERENCES "public"."bridge"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generator_revision" ADD CONSTRAINT "generator_revision_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generator_revision" ADD CONSTRAINT "generator_revision_generator_id_generator_id_fk" FOREIGN KEY ("generator_id") REFERENCES "public"."generator"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generator" ADD CONSTRAINT "generator_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image" ADD CONSTRAINT "image_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image" ADD CONSTRAINT "image_render_id_render_id_fk" FOREIGN KEY ("render_id") REFERENCES "public"."render"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image" ADD CONSTRAINT "image_sha256_blob_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."blob"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "render_attempt" ADD CONSTRAINT "render_attempt_render_id_render_id_fk" FOREIGN KEY ("render_id") REFERENCES "public"."render"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "render_attempt" ADD CONSTRAINT "render_attempt_bridge_id_bridge_id_fk" FOREIGN KEY ("bridge_id") REFERENCES "public"."bridge"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "render" ADD CONSTRAINT "render_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "render" ADD CONSTRAINT "render_prompt_id_prompt_id_fk" FOREIGN KEY ("prompt_id") REFERENCES "public"."prompt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "render" ADD CONSTRAINT "render_generator_revision_id_generator_revision_id_fk" FOREIGN KEY ("generator_revision_id") REFERENCES "public"."generator_revision"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "render" ADD CONSTRAINT "render_seed_set_id_seed_set_id_fk" FOREIGN KEY ("seed_set_id") REFERENCES "public"."seed_set"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "render" ADD CONSTRAINT "render_leased_by_bridge_id_fk" FOREIGN KEY ("leased_by") REFERENCES "public"."bridge"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_pair" ADD CONSTRAINT "run_pair_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_pair" ADD CONSTRAINT "run_pair_pair_id_pair_id_fk" FOREIGN KEY ("pair_id") REFERENCES "public"."pair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_pair" ADD CONSTRAINT "run_pair_prompt_set_id_prompt_set_id_fk" FOREIGN KEY ("prompt_set_id") REFERENCES "public"."prompt_set"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_render" ADD CONSTRAINT "run_render_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_render" ADD CONSTRAINT "run_render_render_id_render_id_fk" FOREIGN KEY ("render_id") REFERENCES "public"."render"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_render" ADD CONSTRAINT "run_render_pair_id_pair_id_fk" FOREIGN KEY ("pair_id") REFERENCES "public"."pair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_generator_revision_id_generator_revision_id_fk" FOREIGN KEY ("generator_revision_id") REFERENCES "public"."generator_revision"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_seed_set_id_seed_set_id_fk" FOREIGN KEY ("seed_set_id") REFERENCES "public"."seed_set"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_started_by_account_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seed_set" ADD CONSTRAINT "seed_set_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch" ADD CONSTRAINT "batch_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch" ADD CONSTRAINT "batch_pattern_id_pattern_id_fk" FOREIGN KEY ("pattern_id") REFERENCES "public"."pattern"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch" ADD CONSTRAINT "batch_requested_by_account_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_actor_id_account_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange" ADD CONSTRAINT "exchange_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange" ADD CONSTRAINT "exchange_batch_id_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange" ADD CONSTRAINT "exchange_pair_id_pair_id_fk" FOREIGN KEY ("pair_id") REFERENCES "public"."pair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange" ADD CONSTRAINT "exchange_repairs_id_exchange_id_fk" FOREIGN KEY ("repairs_id") REFERENCES "public"."exchange"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pair" ADD CONSTRAINT "pair_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pair" ADD CONSTRAINT "pair_pattern_id_pattern_id_fk" FOREIGN KEY ("pattern_id") REFERENCES "public"."pattern"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pair" ADD CONSTRAINT "pair_decided_by_account_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pattern_parent" ADD CONSTRAINT "pattern_parent_child_id_pattern_id_fk" FOREIGN KEY ("child_id") REFERENCES "public"."pattern"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pattern_parent" ADD CONSTRAINT "pattern_parent_parent_id_pattern_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."pattern"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pattern" ADD CONSTRAINT "pattern_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pattern" ADD CONSTRAINT "pattern_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_set_prompt" ADD CONSTRAINT "prompt_set_prompt_prompt_set_id_prompt_set_id_fk" FOREIGN KEY ("prompt_set_id") REFERENCES "public"."prompt_set"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_set_prompt" ADD CONSTRAINT "prompt_set_prompt_prompt_id_prompt_id_fk" FOREIGN KEY ("prompt_id") REFERENCES "public"."prompt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_set" ADD CONSTRAINT "prompt_set_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_set" ADD CONSTRAINT "prompt_set_pair_id_pair_id_fk" FOREIGN KEY ("pair_id") REFERENCES "public"."pair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_pair_id_pair_id_fk" FOREIGN KEY ("pair_id") REFERENCES "public"."pair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_exchange_id_exchange_id_fk" FOREIGN KEY ("exchange_id") REFERENCES "public"."exchange"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_batch_id_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_twin_id_pair_id_fk" FOREIGN KEY ("twin_id") REFERENCES "public"."pair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_pair_id_pair_id_fk" FOREIGN KEY ("pair_id") REFERENCES "public"."pair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_actor_id_account_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_invited_by_account_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_used_by_account_id_fk" FOREIGN KEY ("used_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_reset" ADD CONSTRAINT "password_reset_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grid_image" ADD CONSTRAINT "grid_image_grid_id_grid_id_fk" FOREIGN KEY ("grid_id") REFERENCES "public"."grid"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grid_image" ADD CONSTRAINT "grid_image_image_id_image_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."image"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grid" ADD CONSTRAINT "grid_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grid" ADD CONSTRAINT "grid_pair_id_pair_id_fk" FOREIGN KEY ("pair_id") REFERENCES "public"."pair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grid" ADD CONSTRAINT "grid_generator_revision_id_generator_revision_id_fk" FOREIGN KEY ("generator_revision_id") REFERENCES "public"."generator_revision"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grid" ADD CONSTRAINT "grid_prompt_set_id_prompt_set_id_fk" FOREIGN KEY ("prompt_set_id") REFERENCES "public"."prompt_set"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grid" ADD CONSTRAINT "grid_seed_set_id_seed_set_id_fk" FOREIGN KEY ("seed_set_id") REFERENCES "public"."seed_set"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guideline" ADD CONSTRAINT "guideline_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guideline" ADD CONSTRAINT "guideline_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "level" ADD CONSTRAINT "level_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "level" ADD CONSTRAINT "level_grid_id_grid_id_fk" FOREIGN KEY ("grid_id") REFERENCES "public"."grid"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "level" ADD CONSTRAINT "level_sitting_id_sitting_id_fk" FOREIGN KEY ("sitting_id") REFERENCES "public"."sitting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat" ADD CONSTRAINT "seat_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat" ADD CONSTRAINT "seat_grid_id_grid_id_fk" FOREIGN KEY ("grid_id") REFERENCES "public"."grid"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat" ADD CONSTRAINT "seat_sitting_id_sitting_id_fk" FOREIGN KEY ("sitting_id") REFERENCES "public"."sitting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sitting" ADD CONSTRAINT "sitting_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sitting" ADD CONSTRAINT "sitting_grid_id_grid_id_fk" FOREIGN KEY ("grid_id") REFERENCES "public"."grid"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sitting" ADD CONSTRAINT "sitting_rater_id_account_id_fk" FOREIGN KEY ("rater_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdict_event" ADD CONSTRAINT "verdict_event_sitting_grid_fk" FOREIGN KEY ("sitting_id","grid_id") REFERENCES "public"."sitting"("id","grid_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdict_event" ADD CONSTRAINT "verdict_event_grid_image_fk" FOREIGN KEY ("grid_id","image_id") REFERENCES "public"."grid_image"("grid_id","image_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdict" ADD CONSTRAINT "verdict_sitting_id_sitting_id_fk" FOREIGN KEY ("sitting_id") REFERENCES "public"."sitting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdict" ADD CONSTRAINT "verdict_image_id_image_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."image"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdict" ADD CONSTRAINT "verdict_event_fk" FOREIGN KEY ("event_id","sitting_id","image_id") REFERENCES "public"."verdict_event"("id","sitting_id","image_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export" ADD CONSTRAINT "export_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export" ADD CONSTRAINT "export_requested_by_account_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "setting" ADD CONSTRAINT "setting_updated_by_account_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "generator_revision_project_idx" ON "generator_revision" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "image_sha256_idx" ON "image" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "image_project_idx" ON "image" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "render_attempt_bridge_idx" ON "render_attempt" USING btree ("bridge_id");--> statement-breakpoint
CREATE INDEX "render_open_idx" ON "render" USING btree ("endpoint_name","not_before","id") WHERE "render"."state" in ('queued', 'leased');--> statement-breakpoint
CREATE INDEX "render_project_idx" ON "render" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "render_revision_idx" ON "render" USING btree ("generator_revision_id");--> statement-breakpoint
CREATE INDEX "render_seed_set_idx" ON "render" USING btree ("seed_set_id");--> statement-breakpoint
CREATE INDEX "render_leased_by_idx" ON "render" USING btree ("leased_by");--> statement-breakpoint
CREATE INDEX "run_pair_pair_idx" ON "run_pair" USING btree ("pair_id");--> statement-breakpoint
CREATE INDEX "run_pair_prompt_set_idx" ON "run_pair" USING btree ("prompt_set_id");--> statement-breakpoint
CREATE INDEX "run_render_render_idx" ON "run_render" USING btree ("render_id");--> statement-breakpoint
CREATE INDEX "run_render_pair_idx" ON "run_render" USING btree ("pair_id");--> statement-breakpoint
CREATE INDEX "run_generator_revision_idx" ON "run" USING btree ("generator_revision_id");--> statement-breakpoint
CREATE INDEX "batch_project_idx" ON "batch" USING btree ("project_id","created_at");--> statement-breakpoint
CREATE INDEX "decision_project_idx" ON "decision" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "exchange_batch_idx" ON "exchange" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "exchange_pair_idx" ON "exchange" USING btree ("pair_id");--> statement-breakpoint
CREATE INDEX "exchange_repairs_idx" ON "exchange" USING btree ("repairs_id");--> statement-breakpoint
CREATE INDEX "exchange_project_idx" ON "exchange" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "pair_pattern_idx" ON "pair" USING btree ("pattern_id");--> statement-breakpoint
CREATE INDEX "pair_project_state_idx" ON "pair" USING btree ("project_id","state","id");--> statement-breakpoint
CREATE INDEX "pattern_parent_parent_idx" ON "pattern_parent" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "prompt_set_prompt_prompt_idx" ON "prompt_set_prompt" USING btree ("prompt_id");--> statement-breakpoint
CREATE INDEX "prompt_set_project_idx" ON "prompt_set" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "prompt_pair_idx" ON "prompt" USING btree ("pair_id");--> statement-breakpoint
CREATE INDEX "prompt_project_idx" ON "prompt" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "proposal_project_key_idx" ON "proposal" USING btree ("project_id","key");--> statement-breakpoint
CREATE INDEX "proposal_twin_idx" ON "proposal" USING btree ("twin_id");--> statement-breakpoint
CREATE INDEX "proposal_pair_idx" ON "proposal" USING btree ("pair_id");--> statement-breakpoint
CREATE UNIQUE INDEX "account_mail_key" ON "account" USING btree (lower("mail"));--> statement-breakpoint
CREATE INDEX "audit_event_project_idx" ON "audit_event" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "audit_event_actor_idx" ON "audit_event" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "invitation_project_idx" ON "invitation" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "membership_account_idx" ON "membership" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "password_reset_account_idx" ON "password_reset" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "sign_in_failure_mail_idx" ON "sign_in_failure" USING btree ("mail_hash","created_at");--> statement-breakpoint
CREATE INDEX "sign_in_failure_time_idx" ON "sign_in_failure" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "grid_image_image_idx" ON "grid_image" USING btree ("image_id");--> statement-breakpoint
CREATE INDEX "grid_project_idx" ON "grid" USING btree ("project_id","state");--> statement-breakpoint
CREATE INDEX "grid_revision_idx" ON "grid" USING btree ("generator_revision_id");--> statement-breakpoint
CREATE INDEX "grid_prompt_set_idx" ON "grid" USING btree ("prompt_set_id");--> statement-breakpoint
CREATE INDEX "grid_seed_set_idx" ON "grid" USING btree ("seed_set_id");--> statement-breakpoint
CREATE INDEX "level_project_idx" ON "level" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "level_sitting_idx" ON "level" USING btree ("sitting_id");--> statement-breakpoint
CREATE INDEX "seat_open_idx" ON "seat" USING btree ("project_id","number") WHERE "seat"."completed_at" is null;--> statement-breakpoint
CREATE INDEX "sitting_rater_idx" ON "sitting" USING btree ("rater_id","state");--> statement-breakpoint
CREATE INDEX "sitting_project_idx" ON "sitting" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "verdict_event_image_idx" ON "verdict_event" USING btree ("grid_id","image_id");--> statement-breakpoint
CREATE INDEX "verdict_image_idx" ON "verdict" USING btree ("image_id");--> statement-breakpoint
CREATE INDEX "export_project_idx" ON "export" USING btree ("project_id","created_at");