ALTER TABLE "proposal" ADD COLUMN "extras" jsonb;--> statement-breakpoint
ALTER TABLE "exchange" ADD COLUMN "tokens_charged" integer;