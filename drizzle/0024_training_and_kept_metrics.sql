CREATE TABLE "metric_figure" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"asked" text NOT NULL,
	"figures" jsonb,
	"basis" text,
	"reckoned_at" timestamp with time zone,
	"wanted_at" timestamp with time zone,
	CONSTRAINT "metric_figure_asked_key" UNIQUE("project_id","asked"),
	CONSTRAINT "metric_figure_has_basis" CHECK (("metric_figure"."figures" is null) = ("metric_figure"."basis" is null) and ("metric_figure"."figures" is null) = ("metric_figure"."reckoned_at" is null))
);
--> statement-breakpoint
ALTER TABLE "generator_revision" ADD COLUMN "training" jsonb;--> statement-breakpoint
ALTER TABLE "metric_figure" ADD CONSTRAINT "metric_figure_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;