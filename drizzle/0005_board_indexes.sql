DROP INDEX "budget_entry_project_idx";--> statement-breakpoint
DROP INDEX "level_project_idx";--> statement-breakpoint
CREATE INDEX "pair_level_finds_idx" ON "pair_level" USING btree ("project_id","generator_revision_id","source","phase","at") WHERE "pair_level"."level" = 5 and "pair_level"."is_trivial" is not true;--> statement-breakpoint
CREATE INDEX "batch_project_open_idx" ON "batch" USING btree ("project_id","state") WHERE "batch"."state" in ('queued', 'running', 'waiting');--> statement-breakpoint
CREATE INDEX "pair_prompts_open_idx" ON "pair" USING btree ("project_id","prompts_state") WHERE "pair"."prompts_state" in ('queued', 'running', 'waiting');--> statement-breakpoint
CREATE INDEX "pair_undrawn_idx" ON "pair" USING btree ("project_id","id") WHERE "pair"."state" = 'accepted' and ("pair"."stage" is null or "pair"."stage" in ('prompts', 'grid'));--> statement-breakpoint
CREATE INDEX "decision_action_idx" ON "decision" USING btree ("project_id","action","seq");--> statement-breakpoint
CREATE INDEX "inquiry_open_idx" ON "inquiry" USING btree ("project_id","state") WHERE "inquiry"."state" in ('queued', 'running', 'waiting');--> statement-breakpoint
CREATE INDEX "sitting_submitted_idx" ON "sitting" USING btree ("project_id","submitted_at") WHERE "sitting"."state" = 'submitted';--> statement-breakpoint
CREATE INDEX "render_unsettled_idx" ON "render" USING btree ("project_id","state") WHERE "render"."state" in ('queued', 'leased', 'failed');--> statement-breakpoint
CREATE INDEX "budget_entry_project_idx" ON "budget_entry" USING btree ("project_id","kind","id");--> statement-breakpoint
CREATE INDEX "level_project_idx" ON "level" USING btree ("project_id","created_at");