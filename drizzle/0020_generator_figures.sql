CREATE TYPE "public"."failure_kind" AS ENUM('busy', 'retryable', 'permanent');--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "handed_out" integer;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "hour_cents" integer;--> statement-breakpoint
ALTER TABLE "render_attempt" ADD COLUMN "kind" "failure_kind";--> statement-breakpoint
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_handed_out_is_some" CHECK ("endpoint"."handed_out" between 1 and 64);--> statement-breakpoint
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_hour_cents_not_negative" CHECK ("endpoint"."hour_cents" >= 0);