ALTER TABLE "waiting" ADD COLUMN "budget" "budget_kind";--> statement-breakpoint
-- Until now only the sentence told which budget it was.
update "waiting" set "budget" = case
  when "reason" like '%token budget%' then 'tokens'::"budget_kind"
  when "reason" like '%rater time%' then 'rater_ms'::"budget_kind"
  else 'renders'::"budget_kind" end
where "kind" = 'budget';--> statement-breakpoint
-- What was given up meanwhile left its stop behind.
update "waiting" set "ended_at" = now() where "budget" = 'tokens' and "ended_at" is null
  and not exists (select from "batch" held where held."project_id" = "waiting"."project_id" and held."state" = 'waiting' and held."held_by" = 'tokens')
  and not exists (select from "inquiry" held where held."project_id" = "waiting"."project_id" and held."state" = 'waiting' and held."held_by" = 'tokens')
  and not exists (select from "pair" held where held."project_id" = "waiting"."project_id" and held."state" = 'accepted' and held."prompts_state" = 'waiting' and held."prompts_held_by" = 'tokens');--> statement-breakpoint
DROP INDEX "waiting_open_key";--> statement-breakpoint
CREATE UNIQUE INDEX "waiting_open_key" ON "waiting" USING btree ("project_id","kind",coalesce("pattern_id", "project_id"),coalesce("budget", 'tokens'::budget_kind)) WHERE "waiting"."ended_at" is null;--> statement-breakpoint
ALTER TABLE "waiting" ADD CONSTRAINT "waiting_budget_is_named" CHECK (("waiting"."kind" = 'budget') = ("waiting"."budget" is not null));--> statement-breakpoint
DROP INDEX "pair_prompts_open_idx";--> statement-breakpoint
CREATE INDEX "pair_prompts_open_idx" ON "pair" USING btree ("project_id","prompts_state") WHERE "pair"."prompts_state" in ('queued', 'running', 'waiting', 'cancelled');
