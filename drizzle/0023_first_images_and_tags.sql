-- Tasks of scoring are tasks of judging by now: the rows stay, and one without a scoring asks for tags.
ALTER TABLE "score_task" RENAME TO "judge_task";--> statement-breakpoint
ALTER TABLE "judge_task" ALTER COLUMN "scoring_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "judge_task" RENAME CONSTRAINT "score_task_pkey" TO "judge_task_pkey";--> statement-breakpoint
ALTER TABLE "judge_task" RENAME CONSTRAINT "score_task_input_key" TO "judge_task_input_key";--> statement-breakpoint
ALTER TABLE "judge_task" RENAME CONSTRAINT "score_task_leased_whole" TO "judge_task_leased_whole";--> statement-breakpoint
ALTER TABLE "judge_task" RENAME CONSTRAINT "score_task_failed_has_reason" TO "judge_task_failed_has_reason";--> statement-breakpoint
ALTER TABLE "judge_task" RENAME CONSTRAINT "score_task_project_id_project_id_fk" TO "judge_task_project_id_project_id_fk";--> statement-breakpoint
ALTER TABLE "judge_task" RENAME CONSTRAINT "score_task_scoring_id_scoring_id_fk" TO "judge_task_scoring_id_scoring_id_fk";--> statement-breakpoint
ALTER TABLE "judge_task" RENAME CONSTRAINT "score_task_render_id_render_id_fk" TO "judge_task_render_id_render_id_fk";--> statement-breakpoint
ALTER TABLE "judge_task" RENAME CONSTRAINT "score_task_leased_by_bridge_id_fk" TO "judge_task_leased_by_bridge_id_fk";--> statement-breakpoint
ALTER INDEX "score_task_open_idx" RENAME TO "judge_task_open_idx";--> statement-breakpoint
ALTER INDEX "score_task_scoring_idx" RENAME TO "judge_task_scoring_idx";--> statement-breakpoint
ALTER INDEX "score_task_project_idx" RENAME TO "judge_task_project_idx";--> statement-breakpoint
ALTER INDEX "score_task_leased_by_idx" RENAME TO "judge_task_leased_by_idx";--> statement-breakpoint
CREATE TABLE "tagger" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"weights_hash" text NOT NULL,
	"detector" jsonb NOT NULL,
	"segmenter" jsonb NOT NULL,
	"content_hash" char(64) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tagger_content_key" UNIQUE("project_id","content_hash")
);
--> statement-breakpoint
CREATE TABLE "tag" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"image_id" uuid NOT NULL,
	"tagger_id" uuid NOT NULL,
	"phrase" text NOT NULL,
	"score" double precision NOT NULL,
	"boxes" jsonb NOT NULL,
	"mask" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tag_found_key" UNIQUE("task_id","image_id","phrase"),
	CONSTRAINT "tag_score_is_share" CHECK ("tag"."score" between 0 and 1)
);
--> statement-breakpoint
ALTER TABLE "render" ADD COLUMN "first_render_id" uuid;--> statement-breakpoint
ALTER TABLE "render" ADD COLUMN "awaits_objects" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tagger" ADD CONSTRAINT "tagger_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag" ADD CONSTRAINT "tag_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag" ADD CONSTRAINT "tag_task_id_judge_task_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."judge_task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag" ADD CONSTRAINT "tag_image_id_image_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."image"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag" ADD CONSTRAINT "tag_tagger_id_tagger_id_fk" FOREIGN KEY ("tagger_id") REFERENCES "public"."tagger"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tag_image_idx" ON "tag" USING btree ("image_id");--> statement-breakpoint
CREATE INDEX "tag_tagger_idx" ON "tag" USING btree ("tagger_id");--> statement-breakpoint
CREATE INDEX "tag_project_idx" ON "tag" USING btree ("project_id");--> statement-breakpoint
ALTER TABLE "render" ADD CONSTRAINT "render_first_render_id_render_id_fk" FOREIGN KEY ("first_render_id") REFERENCES "public"."render"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "render_first_idx" ON "render" USING btree ("first_render_id") WHERE "render"."first_render_id" is not null;--> statement-breakpoint
ALTER TABLE "render" ADD CONSTRAINT "render_awaits_undrawn" CHECK (not "render"."awaits_objects" or ("render"."first_render_id" is not null and "render"."state" not in ('leased', 'done')));
