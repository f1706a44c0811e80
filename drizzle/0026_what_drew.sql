ALTER TYPE "public"."failure_kind" ADD VALUE 'filtered';--> statement-breakpoint
ALTER TABLE "render" ALTER COLUMN "evals" SET DATA TYPE numeric;--> statement-breakpoint
ALTER TABLE "render" ALTER COLUMN "backwards" SET DATA TYPE numeric;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "image_cents" numeric;--> statement-breakpoint
ALTER TABLE "generator_revision" ADD COLUMN "answered_model" jsonb;--> statement-breakpoint
ALTER TABLE "generator_revision" ADD COLUMN "answered_method" jsonb;--> statement-breakpoint
ALTER TABLE "render" ADD COLUMN "filtered" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "render" ADD COLUMN "answered_model" jsonb;--> statement-breakpoint
ALTER TABLE "render" ADD COLUMN "answered_method" jsonb;--> statement-breakpoint
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_image_cents_not_negative" CHECK ("endpoint"."image_cents" >= 0);