CREATE TABLE "repair" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"baseline_revision_id" uuid NOT NULL,
	"seed_set_id" uuid NOT NULL,
	"started_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "repair_project_number_key" UNIQUE("project_id","number"),
	CONSTRAINT "repair_seed_set_key" UNIQUE("seed_set_id")
);
--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "repair_id" uuid;--> statement-breakpoint
ALTER TABLE "repair" ADD CONSTRAINT "repair_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repair" ADD CONSTRAINT "repair_baseline_revision_id_generator_revision_id_fk" FOREIGN KEY ("baseline_revision_id") REFERENCES "public"."generator_revision"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repair" ADD CONSTRAINT "repair_seed_set_id_seed_set_id_fk" FOREIGN KEY ("seed_set_id") REFERENCES "public"."seed_set"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repair" ADD CONSTRAINT "repair_started_by_account_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "repair_baseline_idx" ON "repair" USING btree ("baseline_revision_id");--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_repair_id_repair_id_fk" FOREIGN KEY ("repair_id") REFERENCES "public"."repair"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "run_repair_idx" ON "run" USING btree ("repair_id");--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_repair_has_comparison" CHECK (("run"."purpose" = 'repair') = ("run"."repair_id" is not null));