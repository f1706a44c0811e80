CREATE TYPE "public"."import_state" AS ENUM('uploaded', 'queued', 'running', 'done', 'failed', 'cancelled');--> statement-breakpoint
CREATE TABLE "import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"requested_by" uuid,
	"file_name" text NOT NULL,
	"sha256" char(64) NOT NULL,
	"bytes" bigint NOT NULL,
	"state" "import_state" DEFAULT 'uploaded' NOT NULL,
	"confirmed" jsonb,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"reason" text,
	"result" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "import_failed_has_reason" CHECK ("import"."state" <> 'failed' or "import"."reason" is not null),
	CONSTRAINT "import_begun_was_confirmed" CHECK ("import"."state" in ('uploaded', 'cancelled') or "import"."confirmed" is not null)
);
--> statement-breakpoint
ALTER TABLE "import" ADD CONSTRAINT "import_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import" ADD CONSTRAINT "import_requested_by_account_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_project_idx" ON "import" USING btree ("project_id","id");