ALTER TABLE "batch" ADD COLUMN "held_by" "budget_kind";--> statement-breakpoint
ALTER TABLE "pair" ADD COLUMN "prompts_held_by" "budget_kind";--> statement-breakpoint
ALTER TABLE "inquiry" ADD COLUMN "held_by" "budget_kind";