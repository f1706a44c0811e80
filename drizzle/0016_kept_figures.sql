CREATE TABLE "agreement_figure" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"asked" text NOT NULL,
	"figures" jsonb,
	"basis" text,
	"reckoned_at" timestamp with time zone,
	"wanted_at" timestamp with time zone,
	CONSTRAINT "agreement_figure_asked_key" UNIQUE("project_id","asked"),
	CONSTRAINT "agreement_figure_has_basis" CHECK (("agreement_figure"."figures" is null) = ("agreement_figure"."basis" is null) and ("agreement_figure"."figures" is null) = ("agreement_figure"."reckoned_at" is null))
);
--> statement-breakpoint
ALTER TABLE "agreement_figure" ADD CONSTRAINT "agreement_figure_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;