ALTER TABLE "render" ALTER COLUMN "evals" SET DATA TYPE numeric;--> statement-breakpoint
ALTER TABLE "render" ALTER COLUMN "backwards" SET DATA TYPE numeric;--> statement-breakpoint
ALTER TABLE "generator_revision" ADD COLUMN "answered_model" jsonb;--> statement-breakpoint
ALTER TABLE "generator_revision" ADD COLUMN "answered_method" jsonb;--> statement-breakpoint
ALTER TABLE "render" ADD COLUMN "answered_model" jsonb;--> statement-breakpoint
ALTER TABLE "render" ADD COLUMN "answered_method" jsonb;