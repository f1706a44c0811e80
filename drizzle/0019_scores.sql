CREATE TYPE "public"."score_name" AS ENUM('prompt', 'concept_a', 'concept_b');--> statement-breakpoint
CREATE TABLE "score_task" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"scoring_id" uuid NOT NULL,
	"render_id" uuid NOT NULL,
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
	"timings" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "score_task_input_key" UNIQUE("render_id","endpoint_name","input_hash"),
	CONSTRAINT "score_task_leased_whole" CHECK (("score_task"."state" = 'leased') = ("score_task"."lease_token" is not null and "score_task"."leased_until" is not null and "score_task"."leased_by" is not null)),
	CONSTRAINT "score_task_failed_has_reason" CHECK ("score_task"."state" <> 'failed' or "score_task"."reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "scorer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" text NOT NULL,
	"model" text NOT NULL,
	"model_revision" text NOT NULL,
	"weights_hash" text NOT NULL,
	"settings" jsonb NOT NULL,
	"content_hash" char(64) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scorer_content_key" UNIQUE("project_id","content_hash")
);
--> statement-breakpoint
CREATE TABLE "score" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"image_id" uuid NOT NULL,
	"scorer_id" uuid NOT NULL,
	"name" "score_name" NOT NULL,
	"text" text NOT NULL,
	"value" double precision NOT NULL,
	"unread" text,
	"steered_method" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "score_image_key" UNIQUE("image_id","text","scorer_id","name"),
	CONSTRAINT "score_is_number" CHECK ("score"."value" > '-infinity' and "score"."value" < 'infinity')
);
--> statement-breakpoint
CREATE TABLE "scoring" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"run_id" uuid,
	"repair_id" uuid,
	"endpoint_name" text NOT NULL,
	"scorers" text[] NOT NULL,
	"state" "run_state" DEFAULT 'active' NOT NULL,
	"started_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "scoring_project_number_key" UNIQUE("project_id","number"),
	CONSTRAINT "scoring_has_one_subject" CHECK (num_nonnulls("scoring"."run_id", "scoring"."repair_id") = 1)
);
--> statement-breakpoint
ALTER TABLE "score_task" ADD CONSTRAINT "score_task_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_task" ADD CONSTRAINT "score_task_scoring_id_scoring_id_fk" FOREIGN KEY ("scoring_id") REFERENCES "public"."scoring"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_task" ADD CONSTRAINT "score_task_render_id_render_id_fk" FOREIGN KEY ("render_id") REFERENCES "public"."render"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_task" ADD CONSTRAINT "score_task_leased_by_bridge_id_fk" FOREIGN KEY ("leased_by") REFERENCES "public"."bridge"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorer" ADD CONSTRAINT "scorer_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score" ADD CONSTRAINT "score_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score" ADD CONSTRAINT "score_image_id_image_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."image"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score" ADD CONSTRAINT "score_scorer_id_scorer_id_fk" FOREIGN KEY ("scorer_id") REFERENCES "public"."scorer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scoring" ADD CONSTRAINT "scoring_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scoring" ADD CONSTRAINT "scoring_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scoring" ADD CONSTRAINT "scoring_repair_id_repair_id_fk" FOREIGN KEY ("repair_id") REFERENCES "public"."repair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scoring" ADD CONSTRAINT "scoring_started_by_account_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "score_task_open_idx" ON "score_task" USING btree ("endpoint_name","not_before","id") WHERE "score_task"."state" in ('queued', 'leased');--> statement-breakpoint
CREATE INDEX "score_task_scoring_idx" ON "score_task" USING btree ("scoring_id","state");--> statement-breakpoint
CREATE INDEX "score_task_project_idx" ON "score_task" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "score_task_leased_by_idx" ON "score_task" USING btree ("leased_by");--> statement-breakpoint
CREATE INDEX "score_scorer_idx" ON "score" USING btree ("scorer_id","name");--> statement-breakpoint
CREATE INDEX "score_project_idx" ON "score" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "scoring_run_idx" ON "scoring" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "scoring_repair_idx" ON "scoring" USING btree ("repair_id");